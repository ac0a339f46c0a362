/** A path into a parsed body: `["data", "object", "id"]`. */
export type JsonPath = readonly (string | number)[];

/** Where a text stands in a delivery. */
export type Place =
  | { readonly in: "header"; readonly name: string }
  /** A field of the parsed body; of the event, where the body holds several. */
  | { readonly in: "body"; readonly path: JsonPath };

/** A value within a header: `v1=` of `t=1,v1=ab` is `{ header, separator: ",", prefix: "v1=" }`. */
export interface HeaderValue {
  readonly header: string;
  /** What stands between the values of one header. @default the header is one value */
  readonly separator?: string;
  /** What a value begins with; others are passed over. @default "" */
  readonly prefix?: string;
  /** What a value ends with. @default "" */
  readonly suffix?: string;
}

/** How bytes are written as text. Only the one canonical spelling of a value is accepted. */
export type Encoding = "hex" | "base64";

/** How the text of a secret becomes a key. */
export interface KeyForm {
  readonly encoding: "utf8" | Encoding;
  /** What stands before the key and is no part of it, such as `whsec_`; it may be left out. */
  readonly prefix?: string;
}

/** How a signature is made. */
export type SignatureAlgorithm =
  /** HMAC (RFC 2104), keyed by the secret. */
  | { readonly kind: "hmac"; readonly hash: "SHA-256" | "SHA-1"; readonly key: KeyForm }
  /** A plain hash of a text that holds the secret; the scheme signs the part `secret`. */
  | { readonly kind: "hash"; readonly hash: "SHA-256" }
  /** Ed25519 (RFC 8032): the secret is the public key, 32 bytes. */
  | { readonly kind: "ed25519"; readonly key: KeyForm }
  /** ECDSA on P-256 with SHA-256: the secret is the public key as SPKI; signatures are DER or r and s, 32 bytes each. */
  | { readonly kind: "ecdsa-p256"; readonly key: KeyForm; readonly form: "der" | "raw" }
  /** No signature: the secret itself is sent along. */
  | { readonly kind: "passcode" };

/** One part of what is signed; the parts follow each other without anything between them. */
export type SignedPart =
  | { readonly text: string }
  /** The whole text of the timestamp, as sent. */
  | "timestamp"
  /** The raw bytes. */
  | "body"
  | "method"
  /** The address that the provider called, in each of the scheme's `urlForms`. */
  | "url"
  /** The host of that address, in lower case. */
  | "host"
  | "secret"
  /** The fields of a form body, by name, each name with its values: `A1B2`. Nothing where the body is signed by its hash. */
  | "sorted-form"
  | { readonly value: HeaderValue }
  /** A field of the body; nothing where it is missing. */
  | { readonly body: JsonPath };

/** Where the signature stands. */
export type SignaturePlace =
  | ({ readonly in: "header"; readonly encoding: Encoding } & HeaderValue)
  /** In each event of the body, which is signed by itself. */
  | { readonly in: "body"; readonly path: JsonPath; readonly encoding: Encoding };

/** When it was signed, and how far that may be from our clock, either way. */
export type TimestampPlace = HeaderValue & {
  readonly unit: "seconds" | "milliseconds";
  /** @default no limit: the provider documents none */
  readonly toleranceMs?: number;
};

/** Spellings of an address that a provider may have signed; the first that fits is taken. */
export type UrlForm =
  | "as-given"
  | "without-port"
  | "with-port"
  /** As WHATWG URL writes it. */
  | "normalised"
  | "normalised-with-port"
  /** With its query as Node's `querystring` writes it. */
  | "legacy-query"
  | "legacy-query-with-port";

/** What a condition on a body asks. */
export interface BodyCondition {
  readonly path: JsonPath;
  readonly equals: string | number;
  /** A field that must be there, too. */
  readonly has?: JsonPath;
}

/** Requests by which a provider tests an endpoint; they are answered, and are no events. */
export type Handshake =
  /** Signed; a field of its body is sent back as JSON. Slack. */
  | { readonly kind: "echo"; readonly when: BodyCondition; readonly field: string }
  /** Signed; the answer is always the same. Discord. */
  | {
      readonly kind: "answer";
      readonly when: BodyCondition;
      readonly status: number;
      readonly body?: Readonly<Record<string, unknown>>;
    }
  /** Not signed: it brings the secret that signs what comes after it, and wants it back in the same header. Asana. */
  | { readonly kind: "secret"; readonly header: string };

/** Places whose texts, joined by a dot, are a name. */
export type NamePlaces = readonly Place[];

/** Where events stand in a delivery, and what they are called. */
export interface EventFacts {
  /** The list of events, where a delivery holds several; `[]` where the body itself is the list. */
  readonly list?: JsonPath;
  /** Where the event stands in an item of that list. @default [] */
  readonly item?: JsonPath;
  /** A form field that holds the body as JSON. */
  readonly formField?: string;
  /** What an event may be called, the most exact first; the first that is there is its type. */
  readonly type: readonly NamePlaces[];
  /** What tells an event from others, and is the same when it is delivered again. @default a hash of the body */
  readonly id?: readonly NamePlaces[];
}

/**
 * How a provider signs its deliveries, as data. The ones in `schemes/` are written in the same terms as one of your
 * own.
 */
export interface WebhookScheme {
  /** In keys and errors: `stripe`. */
  readonly id: string;
  /** In messages: `Stripe`. */
  readonly name: string;
  /** What the provider calls the secret, and where it is found: goes into messages. */
  readonly secret: string;
  readonly algorithm: SignatureAlgorithm;
  readonly signature: SignaturePlace;
  readonly signed: readonly SignedPart[];
  /** Without it there is no protection against replay but the inbox. */
  readonly timestamp?: TimestampPlace;
  /** @default ["as-given"] */
  readonly urlForms?: readonly UrlForm[];
  /** A parameter of the signed query that holds the SHA-256 of the body, in hex. */
  readonly bodyHashQuery?: string;
  readonly handshakes?: readonly Handshake[];
  readonly event: EventFacts;
}
