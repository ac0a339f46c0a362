import type { JsonPath } from "../../platform/json-path.js";
import type { Delivery } from "./delivery.js";
import type { BodyText, Encoding, HashContent, UrlFormat } from "./encodings.js";
import type { EventIdentity, HandshakeCondition, HeaderValue, NameParts, ValueLocation } from "./locations.js";
import type { SignatureScheme } from "./signature-algorithm.js";
import type { TimestampLocation } from "./timestamp-location.js";

/** One part of what is signed. The parts are concatenated without a separator. */
export type SignedPart =
  | { readonly text: string }
  /** The text of the timestamp, as sent. */
  | "timestamp"
  /** The raw bytes of the body. */
  | "body"
  | "method"
  /** The URL that the provider called. Each of the scheme's `urlFormats` is tried. */
  | "url"
  /** The host of that URL, in lower case. */
  | "host"
  | "secret"
  /**
   * What a function computes from a delivery, once for each. At most one such part. Twilio: `sortedForm`. Path
   * and query: `requestTarget`. Headers that a header lists: `namedHeaders`.
   */
  | { readonly compute: ComputePart }
  | { readonly value: HeaderValue }
  /** A field of the body. Empty where the field is missing. */
  | { readonly body: JsonPath };

/** Computes a signed part of a delivery that is not verified yet, in linear time. */
export type ComputePart = (
  scheme: WebhookScheme,
  delivery: Delivery,
  hash: HashContent,
) => string | Uint8Array | Promise<string | Uint8Array>;

/**
 * Reads a body as a form, in linear time. Undefined where the body is not a form, and then it is read as JSON.
 */
export type ReadForm = (
  scheme: WebhookScheme,
  delivery: Delivery,
  body: BodyText,
) => ReadonlyMap<string, string | readonly string[]> | undefined;

/** Where a delivery has its signature. */
export type SignatureLocation =
  | ({
      readonly in: "header";
      readonly encoding: Encoding;
      /** Further headers that may have a signature in the same format. One of all signatures has to match. */
      readonly others?: readonly string[];
    } & HeaderValue)
  /** In the parameter of the query that is the only name in `path`. `read` is `querySignature`. */
  | {
      readonly in: "query";
      readonly path: readonly [string];
      readonly encoding: Encoding;
      readonly read: ReadSignedItems;
    }
  /** In each event of the body. Each event is signed by itself. `read` is `signedEvents`. */
  | { readonly in: "body"; readonly path: JsonPath; readonly encoding: Encoding; readonly read: ReadSignedItems };

/** Something that is signed by itself, with its signatures. One of them has to match. */
export interface SignedItem {
  /** Where each event is signed by itself. Undefined where the signature covers the delivery. */
  readonly event: unknown;
  readonly signatures: readonly string[];
}

/** Reads the signatures in a body or a query, which is not verified yet, in linear time. */
export type ReadSignedItems = (scheme: WebhookScheme, delivery: Delivery, path: JsonPath) => readonly SignedItem[];

/** A request by which a provider tests an endpoint. It gets a response, and is not an event. */
export type Handshake =
  /** A signed request. The response repeats a field of its body as JSON. Slack. `respond` is `signedHandshake`. */
  | {
      readonly kind: "echo";
      readonly when: HandshakeCondition;
      readonly field: string;
      readonly respond: RespondToHandshake;
    }
  /**
   * A signed request with a URL that has to be fetched. Amazon SNS. `respond` is one of `@connectry/core/jose`, which knows the
   * host. Rejects where the URL could not be fetched.
   */
  | {
      readonly kind: "fetch";
      readonly when: HandshakeCondition;
      readonly path: JsonPath;
      readonly respond: RespondToHandshake;
    }
  /** A signed request. The response is always the same. Discord. `respond` is `signedHandshake`. */
  | {
      readonly kind: "response";
      readonly when: HandshakeCondition;
      readonly status: number;
      readonly body?: Readonly<Record<string, unknown>>;
      readonly respond: RespondToHandshake;
    }
  /**
   * A signed request. The response repeats a field of its body, and its HMAC in the encoding of the signatures, as the two
   * `fields` of a JSON object. Zoom. `respond` is `hmacHandshake`.
   */
  | {
      readonly kind: "hmac";
      readonly when: HandshakeCondition;
      readonly path: JsonPath;
      readonly fields: readonly [plain: string, hmac: string];
      readonly respond: RespondToHandshake;
    }
  /**
   * An unsigned request with this parameter in its query, which the response repeats as text. Dropbox, Microsoft Graph
   * (a POST), Meta (whose verify token is not compared). `respondUnsigned` is `unsignedHandshake`.
   */
  | {
      readonly kind: "query-echo";
      readonly parameter: string;
      /** @default "GET" */
      readonly method?: "GET" | "POST";
      readonly respondUnsigned: RespondToUnsigned;
    }
  /** An unsigned GET with this header, which the response repeats as a field of JSON. Okta. `respondUnsigned` is `unsignedHandshake`. */
  | {
      readonly kind: "header-echo";
      readonly header: string;
      readonly field: string;
      readonly respondUnsigned: RespondToUnsigned;
    }
  /** An unsigned HEAD, which gets a 200. Trello, Intercom. `respondUnsigned` is `unsignedHandshake`. */
  | { readonly kind: "head"; readonly respondUnsigned: RespondToUnsigned }
  /**
   * An unsigned request with the secret of all later deliveries. The response repeats it in the same header. Asana. `respondUnsigned` is
   * `acceptSecret`.
   */
  | { readonly kind: "secret"; readonly header: string; readonly respondUnsigned: RespondToUnsigned }
  /**
   * An unsigned request with the secret of all later deliveries in its body, which the response does not repeat. Notion. `respondUnsigned` is
   * `acceptSecret`.
   */
  | {
      readonly kind: "body-secret";
      readonly path: JsonPath;
      /** What is left to do by hand. Printed, without the secret, when `onSecret` has stored it. */
      readonly next: string;
      readonly respondUnsigned: RespondToUnsigned;
    };

/** The response to a signed request with this body. Undefined where it is not the handshake. */
export type RespondToHandshake = (
  handshake: Handshake,
  payload: unknown,
  signer: HandshakeSigner,
) => Response | Promise<Response> | undefined;

/** What a signed handshake was signed with. */
export interface HandshakeSigner {
  readonly scheme: WebhookScheme;
  /** The one of the secrets that matches. */
  readonly secret: string;
}

/** The response to an unsigned request. Undefined where it is not the handshake. */
export type RespondToUnsigned = (
  handshake: Handshake,
  delivery: Delivery,
  receiver: UnsignedReceiver,
) => Response | Promise<Response> | undefined;

/** Who receives an unsigned request. */
export interface UnsignedReceiver {
  readonly scheme: WebhookScheme;
  /** The option of the handler that stores a secret. */
  readonly onSecret?: ((secret: string, delivery: Delivery) => unknown) | undefined;
}

/** Where a delivery has its events, and how they are named. */
export interface EventFacts {
  /**
   * The array of events, where a delivery has several. `[]` where the body itself is the array. @default the body is
   * one event
   */
  readonly list?: JsonPath;
  /** Whether a body without that array is one event. @default false, and such a body is malformed */
  readonly acceptsSingle?: boolean;
  /** Where an item of that array has the event. @default [] */
  readonly item?: JsonPath;
  /** `formBody` or `multipartBody`, for providers that send forms. @default every body is JSON, whatever its content type */
  readonly form?: ReadForm;
  /** The field of a form body that contains the body as JSON. */
  readonly formField?: string;
  /** The names of an event, the most specific first. The first one that exists is its type, or else `unknown`. */
  readonly type: readonly NameParts[];
  /** What identifies an event, and is the same when it is delivered again. The first one that exists is used. */
  readonly id?: readonly NameParts[];
  /** Where a delivery says how often it was delivered before; it is missing, or 0, in the first one. Observers are notified of it. */
  readonly redeliveries?: ValueLocation;
  /** The status of a success without a response of the handler, where the provider accepts no other. @default 204 */
  readonly successStatus?: 200;
  /** The text of that response, where the provider accepts no other. Dropbox Sign. @default no body */
  readonly successText?: string;
  /** What identifies an event that has none of these. @default "request" */
  readonly withoutId?: EventIdentity;
}

/** How a provider signs its deliveries, as data. A scheme of your own has the same fields as the ones in `schemes/`. */
export interface WebhookScheme extends SignatureScheme {
  readonly signature: SignatureLocation;
  readonly signed: readonly SignedPart[];
  /** Without it, the inbox is the only protection against replays. */
  readonly timestamp?: TimestampLocation;
  /** The formats of the URL that the provider may have signed, tried in their order. @default the URL as it is */
  readonly urlFormats?: readonly UrlFormat[];
  /** The parameter of the signed query that contains the SHA-256 of the body, in hex. */
  readonly bodyHashQuery?: string;
  readonly handshakes?: readonly Handshake[];
  /** The maximum size of a body, in bytes, where the provider documents that it sends more. @default 1 MiB */
  readonly maxBodyBytes?: number;
  readonly event: EventFacts;
}

/** What an endpoint needs to know of a provider, however its deliveries are verified. */
export type EndpointFacts = Pick<WebhookScheme, "id" | "name" | "maxBodyBytes" | "event">;
