import type { JsonPath } from "../../platform/json-path.js";
import type { HeaderValue } from "./locations.js";

/**
 * Where a delivery has the time of its signature, and how far that time may be from our clock. It has to be signed, as
 * the part `timestamp` of a header, or in a body that is signed: an attacker could set any other.
 */
export type TimestampLocation = (HeaderValue | { readonly body: JsonPath }) & {
  readonly unit: "seconds" | "milliseconds";
  /** How the time is written. `isoTime`: ISO 8601, with `unit: "milliseconds"`. @default the digits of a whole number */
  readonly format?: TimeFormat;
  /** In milliseconds, into the past and into the future. @default no limit, for providers that document none */
  readonly toleranceMs?: number;
};

/** How a time is written as text. */
export interface TimeFormat {
  /** What it is called in errors. */
  readonly name: string;
  /** The time in its unit. NaN where the text is not such a time. */
  parse(text: string): number;
  /** The text of a time in milliseconds since the epoch, for `signWebhook`. */
  format(ms: number): string;
}
