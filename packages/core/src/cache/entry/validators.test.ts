import { describe, expect, test } from "vitest";
import { createCall, createReply } from "../../../test/call.js";
import { createEntry } from "../../../test/entry.js";
import { hasValidator, isConfirmedBy, mergeStoredHeaders, withValidators } from "./validators.js";

const modified = "Thu, 01 Jan 2026 00:00:00 GMT";

describe("R30: whether a response can be asked about", () => {
  test.each<[Record<string, string>, boolean]>([
    [{}, false],
    [{ etag: '"1"' }, true],
    [{ "last-modified": modified }, true],
    [{ accept: "a", etag: '"1"' }, true],
    [{ "x-etag": '"1"' }, false],
    [{ "x-said": "etag: 1" }, false],
  ])("%j: %j", (headers, expected) => {
    expect(hasValidator(createEntry({ headers }))).toBe(expected);
  });

  test.each<[Record<string, string>, Record<string, string>]>([
    [{ etag: '"1"' }, { "if-none-match": '"1"' }],
    [{ "last-modified": modified }, { "if-modified-since": modified }],
    [
      { etag: 'W/"1"', "last-modified": modified },
      { "if-none-match": 'W/"1"', "if-modified-since": modified },
    ],
  ])("%j asks by %j alone", (headers, expected) => {
    const call = createCall({ headers: { accept: "a" } });
    const asking = withValidators(call, createEntry({ headers }));
    expect(Object.fromEntries(asking.headers)).toEqual({ accept: "a", ...expected });
    expect(Object.fromEntries(call.headers)).toEqual({ accept: "a" });
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
])("R30: a 304 with the etag %j is about a response with %j: %j", (said, stored, expected) => {
  const headersOf = (etag: string | undefined): Record<string, string> => (etag === undefined ? {} : { etag });
  const { headers } = createReply(304, headersOf(said));
  expect(isConfirmedBy(createEntry({ headers: headersOf(stored) }), headers)).toBe(expected);
});

test("R30: a 304 brings every header but those that describe the body, of which it has none", () => {
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
