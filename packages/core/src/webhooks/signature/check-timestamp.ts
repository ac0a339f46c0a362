import { systemClock } from "../../platform/clock.js";
import { type Delivery, rejection } from "../delivery/delivery.js";
import { headerValues } from "../delivery/header-values.js";
import type { WebhookScheme } from "../schemes/webhook-scheme.js";
import type { VerifyOptions } from "./verify-options.js";

/** When a delivery was signed. */
export interface SignedAt {
  /** As sent. This text is what was signed. */
  readonly text: string;
  /** In milliseconds since the epoch. */
  readonly ms: number;
}

const unitMs = { seconds: 1_000, milliseconds: 1 } as const;

/**
 * Reads the timestamp of a delivery and compares it with the clock. Both are compared in the provider's unit, and the
 * tolerance is inclusive. Returns undefined where the scheme has no timestamp.
 * @throws WebhookVerificationError `header-missing`, `malformed`, `too-old` or `clock-ahead`.
 */
export function checkTimestamp(
  scheme: WebhookScheme,
  delivery: Delivery,
  options: Pick<VerifyOptions, "clock" | "toleranceMs">,
): SignedAt | undefined {
  const location = scheme.timestamp;
  if (location === undefined) return undefined;
  const { clock = systemClock, toleranceMs = location.toleranceMs ?? Number.POSITIVE_INFINITY } = options;
  const header = delivery.header(location.header);
  if (header === undefined) throw rejection(scheme, "header-missing", `the header ${location.header} is missing.`);
  const [text, ...others] = headerValues(header, location);
  // Digits only, without leading zeros: `1614265330x`, `+1`, `1e9` and an empty text are not timestamps.
  if (text === undefined || others.length > 0 || !/^(0|[1-9][0-9]{0,15})$/.test(text)) {
    const message = `the header ${location.header} does not contain one timestamp in ${location.unit}.`;
    throw rejection(scheme, "malformed", message);
  }
  const unit = unitMs[location.unit];
  const age = Math.floor(clock.now() / unit) - Number(text);
  if (Math.abs(age) <= toleranceMs / unit) return { text, ms: Number(text) * unit };
  const difference = `${Math.abs(age * unit) / 1_000} s`;
  const limit = `but \`toleranceMs\` allows ${toleranceMs / 1_000} s`;
  if (age > 0) {
    const message = `the delivery was signed ${difference} ago, ${limit}. It was delayed or replayed, or the clock of this machine is ahead.`;
    throw rejection(scheme, "too-old", message);
  }
  const message = `the delivery was signed ${difference} in the future, ${limit}. Set the clock of this machine (NTP).`;
  throw rejection(scheme, "clock-ahead", message);
}
