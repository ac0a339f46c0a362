import { ConfigurationError } from "../../errors/connectry-error.js";
import { systemClock } from "../../platform/clock.js";
import { readText } from "../delivery/body-fields.js";
import { headerValues } from "../delivery/header-values.js";
import { parseBody } from "../delivery/parse-body.js";
import { type Delivery, rejection } from "../scheme/delivery.js";
import type { HeaderValue } from "../scheme/locations.js";
import type { TimestampLocation } from "../scheme/timestamp-location.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import type { VerifyOptions } from "./verify-options.js";

/** When a delivery was signed. */
export interface SignedAt {
  /** As sent. This text is what was signed. */
  readonly text: string;
  /** In milliseconds since the epoch. */
  readonly ms: number;
}

type ClockOptions = Pick<VerifyOptions, "clock" | "toleranceMs">;

const unitMs = { seconds: 1_000, milliseconds: 1 } as const;

// Digits only, without leading zeros: `1614265330x`, `+1`, `1e9` and an empty text are not timestamps.
const parseDigits = (text: string) => (/^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN);

function isSigned({ algorithm, signature, signed }: WebhookScheme, header: string): boolean {
  // A signed token has its time in itself.
  if (algorithm.kind === "published-key" && signature.in === "header" && signature.header === header) return true;
  return signed.some(
    (part) => part === "timestamp" || (typeof part === "object" && "value" in part && part.value.header === header),
  );
}

/** The texts of a header that may be its timestamp. There has to be one. */
function headerTexts(scheme: WebhookScheme, delivery: Delivery, location: HeaderValue): readonly string[] {
  const { header } = location;
  if (!isSigned(scheme, header)) {
    throw new ConfigurationError(
      `${scheme.name}: the timestamp in the header ${header} is not signed: add "timestamp" to \`signed\`, or read it from the signed body.`,
    );
  }
  const text = delivery.header(header);
  if (text === undefined) throw rejection(scheme, "header-missing", `the header ${header} is missing.`);
  return headerValues(text, location);
}

function compareWithClock(
  scheme: WebhookScheme,
  { unit, toleranceMs: defaultToleranceMs = Number.POSITIVE_INFINITY }: TimestampLocation,
  {
    text,
    time,
    clock = systemClock,
    toleranceMs = defaultToleranceMs,
  }: ClockOptions & { readonly text: string; readonly time: number },
): SignedAt {
  const ms = unitMs[unit];
  const age = Math.floor(clock.now() / ms) - time;
  if (Math.abs(age) <= toleranceMs / ms) return { text, ms: time * ms };
  const difference = `${Math.abs(age * ms) / 1_000} s`;
  const limit = `but \`toleranceMs\` allows ${toleranceMs / 1_000} s`;
  if (age > 0) {
    const message = `the delivery was signed ${difference} ago, ${limit}. It was delayed or replayed, or the clock of this machine is ahead.`;
    throw rejection(scheme, "too-old", message);
  }
  const message = `the delivery was signed ${difference} in the future, ${limit}. Set the clock of this machine (NTP).`;
  throw rejection(scheme, "clock-ahead", message);
}

/**
 * Reads the timestamp of a delivery and compares it with the clock. Both are compared in the provider's unit, and the
 * tolerance is inclusive. Returns undefined where the scheme has no timestamp, or has it in the body and `isVerified` is
 * false.
 * @throws WebhookVerificationError `header-missing`, `malformed`, `too-old` or `clock-ahead`. ConfigurationError where the
 * scheme does not sign its timestamp.
 */
export function checkTimestamp(
  scheme: WebhookScheme,
  delivery: Delivery,
  { isVerified, ...options }: ClockOptions & { readonly isVerified: boolean },
): SignedAt | undefined {
  const location = scheme.timestamp;
  if (location === undefined || "body" in location !== isVerified) return undefined;
  const isInBody = "body" in location;
  const [text, ...others] = isInBody
    ? [readText(parseBody(scheme, delivery), location.body)]
    : headerTexts(scheme, delivery, location);
  const { format, unit } = location;
  const time = (format?.parse ?? parseDigits)(text ?? "");
  if (text === undefined || others.length > 0 || Number.isNaN(time)) {
    const subject = isInBody
      ? `body does not contain a timestamp at \`${location.body.join(".")}\``
      : `header ${location.header} does not contain one timestamp`;
    throw rejection(scheme, "malformed", `the ${subject} in ${format?.name ?? unit}.`);
  }
  return compareWithClock(scheme, location, { ...options, text, time });
}
