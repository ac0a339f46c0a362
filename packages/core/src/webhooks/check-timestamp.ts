import type { Delivery } from "./delivery.js";
import { headerValues } from "./header-values.js";
import { refusal } from "./refuse.js";
import type { TimestampPlace, WebhookScheme } from "./scheme.js";

/** When a delivery was signed. */
export interface SignedAt {
  /** As sent: this text is what was signed. */
  readonly text: string;
  readonly ms: number;
}

const unitMs = { seconds: 1_000, milliseconds: 1 } as const;

/**
 * Reads when a delivery was signed, and compares it with the clock in the provider's unit: the tolerance itself is
 * still in time.
 * @throws WebhookVerificationError `header-missing`, `malformed`, `too-old` or `clock-ahead`.
 */
export function checkTimestamp(
  scheme: WebhookScheme,
  place: TimestampPlace,
  delivery: Delivery,
  nowMs: number,
  toleranceMs = Number.POSITIVE_INFINITY,
): SignedAt {
  const header = delivery.header(place.header);
  if (header === undefined) throw refusal(scheme, "header-missing", `there is no header ${place.header}.`);
  const [text, ...others] = headerValues(header, place);
  // Only digits, without leading zeros: `1614265330x` is no time, nor is `+1`, `1e9` or an empty text.
  if (text === undefined || others.length > 0 || !/^(0|[1-9][0-9]{0,15})$/.test(text)) {
    throw refusal(scheme, "malformed", `the header ${place.header} holds no timestamp in ${place.unit}.`);
  }
  const unit = unitMs[place.unit];
  const age = Math.floor(nowMs / unit) - Number(text);
  const tolerance = toleranceMs / unit;
  if (Math.abs(age) <= tolerance) return { text, ms: Number(text) * unit };
  const off = `${Math.abs(age * unit) / 1_000} s`;
  const allowed = `${toleranceMs / 1_000} s are allowed`;
  if (age > 0) {
    throw refusal(
      scheme,
      "too-old",
      `signed ${off} ago, ${allowed}. It was delayed or replayed, or this machine's clock is ahead.`,
    );
  }
  throw refusal(scheme, "clock-ahead", `signed ${off} in the future, ${allowed}. Set this machine's clock (NTP).`);
}
