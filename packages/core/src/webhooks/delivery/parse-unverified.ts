import { type Delivery, rejection } from "../scheme/delivery.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { hasMore } from "./has-more.js";
import { bodyText, parseText } from "./parse-body.js";

const maxValues = 10_000;

/** @throws WebhookVerificationError `malformed` where the body is not UTF-8. */
function decodeText(scheme: WebhookScheme, delivery: Delivery): string {
  const { content } = delivery;
  if (typeof content === "string") return bodyText(delivery);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    throw rejection(scheme, "malformed", "the body is not UTF-8.");
  }
}

/**
 * Parses a body that contains its own signature, and so has to be parsed before it is verified. Such a body is bounded,
 * since anyone can send one: decoding bytes that are not UTF-8, and creating many small values, takes ten times as long
 * as hashing the same bytes.
 * @throws WebhookVerificationError `malformed` where the body cannot be parsed, is not UTF-8, or has too many values.
 */
export function parseUnverified(scheme: WebhookScheme, delivery: Delivery): unknown {
  const text = decodeText(scheme, delivery);
  // Each value follows one of these characters.
  if (["[", "{", ","].some((character) => hasMore(text, character, maxValues))) {
    throw rejection(scheme, "malformed", `the body has more than ${maxValues} values.`);
  }
  return parseText(scheme, delivery, { text, isVerified: false });
}
