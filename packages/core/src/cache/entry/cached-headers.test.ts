import { expect, test } from "vitest";
import { CachedHeaders } from "./cached-headers.js";

test.each([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authentication-info",
  "proxy-connection",
  "set-cookie",
  "set-cookie2",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
])("the header %s belongs to one connection or one caller, and is not stored", (name) => {
  expect(CachedHeaders.of(new Headers({ [name]: "x", etag: '"1"' })).text).toBe('etag: "1"\n');
});

test("changing shared headers throws a TypeError that says to copy them", () => {
  const { headers } = CachedHeaders.of(new Headers({ etag: '"1"' }));
  for (const change of [
    () => headers.set("etag", "2"),
    () => headers.append("etag", "2"),
    () => headers.delete("etag"),
  ]) {
    expect(change).toThrow(new TypeError("These headers are shared and cannot be changed: copy them first."));
  }
  expect([...headers]).toEqual([["etag", '"1"']]);
});
