import type { JsonPath } from "../../platform/json-path.js";

/** Where a delivery has a value. */
export type ValueLocation =
  | { readonly in: "header"; readonly name: string }
  /** A field of the parsed body. Where the body has several events, a field of the event. */
  | { readonly in: "body"; readonly path: JsonPath };

/** A value within a header: `{ header, separator: ",", prefix: "v1=" }` finds `ab` in `t=1,v1=ab`. */
export interface HeaderValue {
  readonly header: string;
  /** What separates the values of the header. @default the whole header is one value */
  readonly separator?: string;
  /** What the value begins with. Values without it are skipped. @default "" */
  readonly prefix?: string;
  /** What the value ends with. Values without it are skipped. @default "" */
  readonly suffix?: string;
  /**
   * The place of the value in the header, from 0, where nothing but its place says what it is: `1` finds `ab` in `17000:ab` with the
   * separator `:`. Other values are skipped. @default every value that has the prefix and the suffix
   */
  readonly position?: number;
}

/** What a body must contain to be a handshake. */
export interface HandshakeCondition {
  readonly path: JsonPath;
  readonly equals: string | number;
  /** Another field that must be present. */
  readonly has?: JsonPath;
}

/** The parts of a name, joined by dots. The name exists where all of its parts do. A text always does. */
export type NameParts = readonly (ValueLocation | { readonly in: "text"; readonly text: string })[];

/** What identifies an event that contains no id. */
export type EventIdentity =
  /** The method, the URL and the body of its request: no two events have the same, and a redelivery repeats them. */
  | "request"
  /** Also the time of the signature, for providers whose redeliveries keep it. */
  | "request-and-time"
  /**
   * Nothing: different events may be the same in every byte. Such an event is processed each time it is delivered, so at
   * least once, and does not enter the inbox.
   */
  | "nothing";
