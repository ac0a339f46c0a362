import { seededRandom } from "@connectry/testing";
import { expect, test } from "vitest";
import type { Operation } from "../pipeline/call.js";
import { requestTarget } from "./request-target.js";

/** The target of a URL, of an operation with this base URL. */
const targetOf = (url: string, baseUrl = "https://api.acme.test") =>
  requestTarget({ url, operation: { baseUrl } as Operation });

const origins = [
  "https://api.acme.test",
  "HTTPS://API.Acme.Test:443",
  "http://127.0.0.1:8080",
  "http://[::1]:80",
  "http://0x7f.1",
];
const rests = [
  "/",
  "",
  "/v1/customers/cus_1",
  "/v1/a%20b;c=d,e/(x)!$&*+:@~",
  "/v1/a/../b",
  "/v1/./b",
  "/v1/.hidden",
  "/v1/%2E%2e/b",
  "/v1/a b",
  "/v1/é",
  "/v1/it's?q=it's",
  "/v1/{id}|^`",
  "/v1?a=1&b=%20+c/?d",
  "/v1?a=../b",
  "/v1?",
  "/v1#part",
  "/v1\\b",
  "/v1//b",
  "/v1\n/b",
];

test.each(origins.flatMap((origin) => rests.map((rest) => origin + rest)))(
  "the target of %j is that of the URL parser",
  (url) => {
    const { origin, protocol, hostname, port, pathname, search } = new URL(url);
    for (const baseUrl of [undefined, `${origin}/v1`]) {
      const { to, path } = targetOf(url, baseUrl);
      expect([to.origin, to.protocol, to.hostname, to.port]).toEqual([origin, protocol, hostname, port]);
      expect(path).toBe(pathname + search);
    }
  },
);

test("the targets of 20,000 random URLs are those of the URL parser", () => {
  const random = seededRandom(1);
  const pieces = [..."azAZ09-._~/%2e?#=&+ '\"\\@:;,!$()*[]{}|^`<>é\t"];
  for (let count = 0; count < 20_000; count += 1) {
    const length = 1 + Math.floor(random() * 12);
    const rest = Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join("");
    const url = `https://api.acme.test/${rest}`;
    const { pathname, search } = new URL(url);
    expect(targetOf(url).path, url).toBe(pathname + search);
  }
});

test("a URL with a user name keeps its host", () => {
  expect(targetOf("https://user@api.acme.test/v1").to.origin).toBe("https://api.acme.test");
});

test("a host that only begins like that of the operation is another host", () => {
  for (const url of [
    "https://api.acme.test.evil.test/v1",
    "https://api.acme.test@evil.test/v1",
    "https://api.acme.test:8443/v1",
  ])
    expect(targetOf(url).to.origin).toBe(new URL(url).origin);
});

test("what is not a URL throws as the URL parser does", () => {
  expect(() => targetOf("/v1")).toThrow(TypeError);
});
