import { parse } from "qs";

/** How nested values are encoded in a form or a query. */
export type FormStyle =
  /** `a[b]=1&c[0]=2` */
  | "brackets"
  /** `c=1&c=2`, objects as JSON */
  | "repeat"
  /** nested values as JSON */
  | "json";

/** Names and values in the order in which they were sent; `sent` is the value still encoded, where it is known. */
export type Pairs = readonly (readonly [name: string, value: string, sent?: string])[];

/** Parses an `application/x-www-form-urlencoded` body, or a query. */
export function parsePairs(text: string): Pairs {
  // As URLSearchParams splits it.
  const sent = text.split("&").filter((pair) => pair !== "");
  return [...new URLSearchParams(text)].map(([name, value], index) => [
    name,
    value,
    (sent[index] ?? "").replace(/^[^=]*=?/s, ""),
  ]);
}

// Far more than any provider accepts, so that no real request is truncated.
const limits = { depth: 64, arrayLimit: 10_000, parameterLimit: 100_000 };

/** Decodes the object that pairs encode in a style; every leaf is still a string. */
export function parseForm(pairs: Pairs, style: FormStyle): Record<string, unknown> {
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
