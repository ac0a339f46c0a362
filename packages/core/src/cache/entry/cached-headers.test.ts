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
])("%s is of one connection or one caller, and is not kept", (name) => {
  expect(CachedHeaders.of(new Headers({ [name]: "x", etag: '"1"' })).text).toBe('etag: "1"\n');
});

test("headers that are shared say so to code that changes them", () => {
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
