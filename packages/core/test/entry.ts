import type { Entry } from "../src/cache/entry.js";
import { nothingSaid } from "../src/cache/freshness.js";
import { KeptFields } from "../src/cache/kept-fields.js";

interface EntryParts extends Partial<Omit<Entry, "fields">> {
  readonly headers?: Record<string, string>;
}

/** An answer as it is kept, with what a test cares about replaced. */
export function createEntry({ headers, ...parts }: EntryParts = {}): Entry {
  return {
    status: 200,
    fields: KeptFields.of(new Headers(headers)),
    form: "json",
    body: "{}",
    bodyBytes: 2,
    validatedAtMs: 0,
    fetchMs: 0,
    allowance: nothingSaid,
    tags: [],
    ...parts,
  };
}
