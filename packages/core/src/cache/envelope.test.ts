import fc from "fast-check";
import { expect, test } from "vitest";
import type { Entry } from "./entry.js";
import { openEnvelope, sealEnvelope } from "./envelope.js";
import { nothingSaid } from "./freshness.js";
import { keptBody, ownBytes } from "./kept-body.js";
import { KeptFields } from "./kept-fields.js";

function entryOf(bytes: Uint8Array | undefined, headers: Record<string, string> = {}): Entry {
  return {
    status: 200,
    fields: KeptFields.of(new Headers(headers)),
    form: "json",
    body: keptBody(bytes as Parameters<typeof keptBody>[0]),
    bodyBytes: bytes?.length ?? 0,
    validatedAtMs: 1_700_000_000_000,
    fetchMs: 12.5,
    allowance: nothingSaid,
    tags: ["a", "b"],
  };
}

const marks = ["1", "2"];
const text = (bytes: string) => new TextEncoder().encode(bytes);

test("R34: bytes come out of an envelope as they went in, whatever they are", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.string({ unit: "binary", maxLength: 200 }).map(text),
    fc.string({ unit: "grapheme", maxLength: 50 }).map((body) => text(`\uFEFF${body}`)),
  );
  fc.assert(
    fc.property(bytes, (body) => {
      const opened = openEnvelope("key", sealEnvelope("key", entryOf(body), marks));
      expect(ownBytes(opened?.entry.body)).toEqual(new Uint8Array(body));
      expect(opened?.entry.bodyBytes).toBe(body.length);
      expect(opened?.marks).toEqual(marks);
    }),
  );
  const none = openEnvelope("key", sealEnvelope("key", entryOf(undefined), marks));
  expect(none?.entry).toEqual({ ...entryOf(undefined), fetchMs: 13 });
});

test("headers come out as they went in, without those of one connection or one caller", () => {
  const headers = { etag: '"1: 2"', "x-empty": "", "x-wide": "caf\u00e9", connection: "close", "set-cookie": "a=b" };
  const opened = openEnvelope("key", sealEnvelope("key", entryOf(text("{}"), headers), marks));
  expect([...(opened?.entry.fields.headers ?? [])]).toEqual([
    ["etag", '"1: 2"'],
    ["x-empty", ""],
    ["x-wide", "caf\u00e9"],
  ]);
  expect(() => opened?.entry.fields.headers.set("etag", "2")).toThrow(TypeError);
});

test.each([
  nothingSaid,
  { ...nothingSaid, freshMs: 60_000, mustRevalidate: true },
  { ...nothingSaid, noCache: true, staleIfErrorMs: 5 },
])("what the answer allows comes out as it went in: %j", (allowance) => {
  const sealed = sealEnvelope("key", { ...entryOf(text("{}")), allowance }, marks);
  expect(openEnvelope("key", sealed)?.entry.allowance).toEqual(allowance);
});

test("R34: an envelope of another key, one that was cut short, and fields that are none are a miss", () => {
  const sealed = sealEnvelope("key", entryOf(text('{"a":1}'), { etag: '"1"' }), marks);
  expect(openEnvelope("key", sealed)).toBeDefined();
  expect(openEnvelope("other", sealed)).toBeUndefined();
  for (let length = 0; length < sealed.length; length += 1) {
    expect(openEnvelope("key", sealed.slice(0, length))).toBeUndefined();
  }
  for (const head of ["", "null", "0", "{}", "[]", "[200]", '["200","json","text",7,0,0,0,["a"],["1"],0,0]', "["]) {
    expect(openEnvelope("key", `3 key ${head}\n`)).toBeUndefined();
  }
  // A tag without a mark would be good as long as it has none.
  expect(openEnvelope("key", sealEnvelope("key", entryOf(text("{}")), ["1"]))).toBeUndefined();
  for (const field of ['etag\u0000"1"', 'e ag: "1"', 'etag: "\r"', 'etag: "\u20ac"']) {
    expect(openEnvelope("key", sealed.replace('etag: "1"', field.padEnd(9).slice(0, 9)))).toBeUndefined();
  }
});
