import { parse } from "qs";
import type { TextStyle } from "./coerce.js";

/** Names and texts in the order in which they were sent. */
export type Pairs = readonly (readonly [name: string, text: string])[];

/** Splits `application/x-www-form-urlencoded` text, which queries are too. */
export function parsePairs(text: string): Pairs {
  return [...new URLSearchParams(text)];
}

// Far more than any provider takes, so that what is cut off is never a real request.
const limits = { depth: 64, arrayLimit: 10_000, parameterLimit: 100_000 };

/** Builds the value that pairs describe, in the provider's style; every leaf is still text. */
export function parseForm(pairs: Pairs, style: TextStyle): Record<string, unknown> {
  if (style === "brackets") {
    const text = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&");
    return parse(text, { ...limits, plainObjects: true });
  }
  const form: Record<string, unknown> = Object.create(null);
  for (const [name, value] of pairs) {
    const before = form[name];
    if (before === undefined) form[name] = value;
    else form[name] = Array.isArray(before) ? [...before, value] : [before, value];
  }
  return form;
}
