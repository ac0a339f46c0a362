import type { JsonPath } from "../platform/json-path.js";
import type { BodyForm, QueryStyle } from "./profile.js";

/** How dangerous it is to send an operation twice. */
export type Safety =
  /** Changes nothing: sent again after any transient failure. */
  | "safe"
  /** Twice is as good as once (PUT, DELETE): sent again after any transient failure. */
  | "idempotent"
  /** A write that the provider deduplicates by idempotency key: sent again with the same key. */
  | "idempotent-with-key"
  /** Any other write: sent again only when it was provably not applied. */
  | "unsafe";

/** What a success of an operation has as its body. */
export type ResponseForm =
  /** JSON: anything else is an error. 204 and 205 have no body. */
  | "json"
  /** JSON, or nothing; with a 201 JSON. */
  | "json-or-empty"
  /** What its media type says: JSON, text, bytes, or nothing. */
  | "any";

/** How a parameter is written, in the terms of OpenAPI: https://spec.openapis.org/oas/v3.1.1.html#style-values */
export interface ParameterFormat {
  /** `space`, `pipe` and `brackets` are OpenAPI's `spaceDelimited`, `pipeDelimited` and `deepObject`; `json` is the JSON text of any value. */
  readonly style: "simple" | "label" | "matrix" | "form" | "space" | "pipe" | "brackets" | "json";
  /** Whether each value of a list or an object has a name or a separator of its own. @default false */
  readonly explode?: true;
  /** Whether reserved characters are sent as they are (`allowReserved`). @default false */
  readonly reserved?: true;
}

/** The parameters of one place, by name. */
export type ParameterFormats = Readonly<Record<string, ParameterFormat>>;

/** How one operation differs from its profile. */
export interface OperationFacts {
  /** Its own origin and base path; the origin must be the profile's or one of its `origins`. */
  readonly server?: string;
  readonly body?: BodyForm;
  /** The media type of its body. @default that of its form, and of JSON that of the facts; of a body that is sent as given, the type of the file, if any */
  readonly contentType?: string;
  /** The fields of a form that are encoded in another way than its others: a style, in a multipart form a media type. */
  readonly encoding?: Readonly<Record<string, QueryStyle | `${string}/${string}`>>;
  readonly query?: Readonly<Record<string, QueryStyle>>;
  /**
   * The parameters that are written in another way than those of their place usually are: lists and objects in a path or a header,
   * labels, cookies, JSON, reserved characters.
   */
  readonly parameters?: Readonly<Partial<Record<"path" | "query" | "header" | "cookie", ParameterFormats>>>;
  /** The path parameters whose value may contain slashes; replaces the list that applies to all operations. */
  readonly multiSegment?: readonly string[];
  /** `false`: it takes no credential, or another than the connector's, which its caller passes as a header. @default true */
  readonly auth?: false;
  readonly safety?: Safety;
  readonly bucket?: string;
  /** The media types to ask for, as the header `Accept` has them. @default application/json */
  readonly accept?: string;
  /** @default "json", or "json-or-empty" for the writes of `emptyResponses` */
  readonly response?: ResponseForm;
  /** `false`: its responses are not in the envelope of the profile, or have more than that in it. @default as the profile says */
  readonly envelope?: false;
}

/** How one list differs from the profile's first pagination. */
export interface PageFacts {
  /** @default "GET" */
  readonly method?: string;
  /** Index into the profile's `pagination`. @default 0 */
  readonly style?: number;
  /** Where its pages hold their items. @default the place of that pagination */
  readonly items?: JsonPath;
}

/** The path templates of a method whose success may have no body: a list of them, or all but a list, whichever is shorter. */
export type EmptyResponses = { readonly only: readonly string[] } | { readonly except: readonly string[] };

/** What the document says and the profile does not: generated, and only where the two differ. */
export interface ProviderFacts {
  /** The API version that the document describes. */
  readonly version: string;
  /** The media types to ask for, where its operations name no others. @default application/json */
  readonly accept?: string;
  /** The media type of JSON bodies, where their operations name no other. @default application/json */
  readonly contentType?: string;
  /** Path parameters whose value may contain slashes, in every operation. */
  readonly multiSegment?: readonly string[];
  /** The writes of which a success may have no body, by method. */
  readonly emptyResponses?: Readonly<Record<string, EmptyResponses>>;
  /** The server of all operations below a path; the server of a single operation takes precedence over it. */
  readonly servers?: Readonly<Record<string, string>>;
  /** By `METHOD /path/{template}`. */
  readonly operations: Readonly<Record<string, OperationFacts>>;
  /** By path template. */
  readonly pages: Readonly<Record<string, PageFacts>>;
}
