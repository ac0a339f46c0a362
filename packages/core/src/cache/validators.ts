import type { Call } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import type { Entry } from "./entry.js";
import { KeptFields } from "./kept-fields.js";

/** Whether a provider can be asked if an answer still holds. */
export function hasValidator({ fields }: Pick<Entry, "fields">): boolean {
  return /^(etag|last-modified): /m.test(fields.text);
}

/** The call with the question whether the entry still holds (RFC 9110, 13.1). */
export function askIfChanged(call: Call, { fields }: Entry): Call {
  const headers = new Headers(call.headers);
  const etag = fields.headers.get("etag");
  const lastModified = fields.headers.get("last-modified");
  if (etag !== null) headers.set("if-none-match", etag);
  if (lastModified !== null) headers.set("if-modified-since", lastModified);
  return { ...call, headers };
}

const weak = (etag: string | null) => etag?.replace(/^W\//, "");

/** Whether a 304 is about this entry: one that names another validator is not (RFC 9111, 4.3.4). */
export function confirms({ headers }: Reply, entry: Entry): boolean {
  const etag = headers.get("etag");
  return etag === null || weak(etag) === weak(entry.fields.headers.get("etag"));
}

/** The stored fields with those of a 304 over them, but for what describes the body, of which it has none (RFC 9111, 3.2). */
export function mergeFields(stored: KeptFields, fresh: Headers): KeptFields {
  const merged = new Map(stored.headers);
  for (const [name, value] of fresh) {
    if (!/^content-(encoding|length|type|range)$/.test(name)) merged.set(name, value);
  }
  return KeptFields.of(merged);
}
