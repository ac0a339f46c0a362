import { describe, expect, test } from "vitest";
import { createCall, createReply } from "../../../test/call.js";
import { createEntry } from "../../../test/entry.js";
import { hasValidator, isConfirmedBy, mergeStoredHeaders, withValidators } from "./validators.js";

const modified = "Thu, 01 Jan 2026 00:00:00 GMT";

describe("R30: an entry", () => {
  test.each<[Record<string, string>, boolean]>([
    [{}, false],
    [{ etag: '"1"' }, true],
    [{ "last-modified": modified }, true],
    [{ accept: "a", etag: '"1"' }, true],
    [{ "x-etag": '"1"' }, false],
    [{ "x-note": "etag: 1" }, false],
  ])("with %j has a validator: %j", (headers, expected) => {
    expect(hasValidator(createEntry({ headers }))).toBe(expected);
  });

  test.each<[Record<string, string>, Record<string, string>]>([
    [{ etag: '"1"' }, { "if-none-match": '"1"' }],
    [{ "last-modified": modified }, { "if-modified-since": modified }],
    [
      { etag: 'W/"1"', "last-modified": modified },
      { "if-none-match": 'W/"1"', "if-modified-since": modified },
    ],
  ])("with %j is revalidated by %j only", (headers, expected) => {
    const call = createCall({ headers: { accept: "a" } });
    const conditional = withValidators(call, createEntry({ headers }));
    expect(conditional.headers).toEqual({ accept: "a", ...expected });
    expect(call.headers).toEqual({ accept: "a" });
  });
});

test.each<[string | undefined, string | undefined, boolean]>([
  [undefined, '"1"', true],
  ['"1"', '"1"', true],
  ['W/"1"', '"1"', true],
  ['"1"', 'W/"1"', true],
  ['"2"', '"1"', false],
  ['"aW/b"', '"ab"', false],
  ['"1"', undefined, false],
])("R30: a 304 with the etag %j confirms an entry with %j: %j", (received, stored, expected) => {
  const headersOf = (etag: string | undefined): Record<string, string> => (etag === undefined ? {} : { etag });
  const { headers } = createReply(304, headersOf(received));
  expect(isConfirmedBy(createEntry({ headers: headersOf(stored) }), headers)).toBe(expected);
});

test("R30: a 304 updates every header except those that describe the body", () => {
  const stored = {
    "content-encoding": "gzip",
    "content-length": "7",
    "content-range": "bytes 0-6/7",
    "content-type": "application/json",
  };
  const fresh = {
    "content-language": "de",
    "content-length-hint": "8",
    etag: '"1"',
    "x-content-type": "a",
  };
  const described = Object.fromEntries(Object.keys(stored).map((name) => [name, "of the 304"]));
  const { headers: fields } = createEntry({ headers: { ...stored, etag: '"0"' } });
  const merged = mergeStoredHeaders(fields, new Headers({ ...described, ...fresh }));
  expect(Object.fromEntries(merged.headers)).toEqual({ ...stored, ...fresh });
});
