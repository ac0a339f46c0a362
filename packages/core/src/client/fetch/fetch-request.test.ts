import { createReadStream } from "node:fs";
import { fileURLToPath } from "node:url";
import { Request as UndiciRequest } from "undici";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../../test/acme.js";
import { rejection } from "../../../test/call.js";
import { serve } from "../../../test/serve.js";
import { stubFetch } from "../../../test/stub-fetch.js";
import { ConfigurationError } from "../../errors/connectry-error.js";
import { toFetch } from "./to-fetch.js";

const own = fileURLToPath(import.meta.url);
const init = { method: "PUT", headers: { "x-a": "1", "content-type": "application/json" }, body: '{"a":1}' };

/** A Request of a realm whose classes are not ours, such as jsdom's, or a polyfill's. */
class ForeignRequest {
  readonly #inner: Request;
  constructor(url: string, requestInit: RequestInit) {
    this.#inner = new Request(url, requestInit);
  }
  get url() {
    return this.#inner.url;
  }
  get method() {
    return this.#inner.method;
  }
  get headers() {
    return new Map([...this.#inner.headers]);
  }
  arrayBuffer() {
    return this.#inner.arrayBuffer();
  }
}

describe("a Request of any realm is sent as it is", () => {
  test.each<[string, new (url: string, init: RequestInit) => unknown]>([
    ["the platform's", Request],
    ["the undici package's", UndiciRequest as never],
    ["of a class that nobody knows", ForeignRequest],
  ])("%s", async (_, AnyRequest) => {
    const server = await serve();
    const request = new AnyRequest(`${server.url}/things?b=2`, init) as Request;
    expect((await toFetch(createAcme({ baseUrl: server.url }))(request)).status).toBe(200);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({ method: "PUT", path: "/things", query: { b: "2" }, body: { a: 1 } });
    expect(server.requests[0]?.headers).toMatchObject({ "x-a": "1", "content-type": "application/json" });
  });

  test("with its own redirect mode and signal", async () => {
    const server = await serve([{ kind: "response", status: 302, headers: { location: "/other" } }]);
    const fetch = toFetch(createAcme({ baseUrl: server.url }));
    expect((await fetch(new UndiciRequest(`${server.url}/`, { redirect: "manual" }) as never)).status).toBe(302);
    const signal = AbortSignal.abort("before");
    expect(await rejection(fetch(new Request(`${server.url}/`, { signal })))).toBe("before");
    // `null` takes the signal of the Request away: https://fetch.spec.whatwg.org/#dom-request
    expect((await fetch(new Request(`${server.url}/`, { signal }), { signal: null })).status).toBe(200);
  });

  test("whose body was read already is an error, as in fetch", async () => {
    const { fetch, requests } = stubFetch();
    const request = new Request("https://api.acme.test/things", init);
    await request.text();
    expect(await rejection(toFetch(createAcme({ fetch }))(request))).toBeInstanceOf(TypeError);
    expect(requests).toEqual([]);
  });
});

describe("init takes precedence over the Request", () => {
  test("its headers replace all of the Request's", async () => {
    const { fetch, requests } = stubFetch();
    const request = new Request("https://api.acme.test/things", init);
    await toFetch(createAcme({ fetch }))(request, { headers: [["x-b", "2"]] });
    expect([requests[0]?.headers.get("x-a"), requests[0]?.headers.get("x-b")]).toEqual([null, "2"]);
  });
});

describe("what fetch refuses is refused in the same way", () => {
  test.each<[string, RequestInit]>([
    ["a GET with a body", { body: "x" }],
    ["a method that is forbidden", { method: "TRACE" }],
    ["an unknown redirect mode", { redirect: "never" as never }],
  ])("%s", async (_, wrong) => {
    const { fetch, requests } = stubFetch();
    expect(await rejection(toFetch(createAcme({ fetch }))("/things", wrong))).toBeInstanceOf(TypeError);
    expect(requests).toEqual([]);
  });
});

test.each<RequestInit["headers"]>([
  { "x-a": "canary\ncanary" },
  [["x-a", "canary€"]],
  new Map([["x-a", "canary\0"]]) as never,
])(
  "R44: a header that cannot be sent is a ConfigurationError that does not show its value, unlike that of fetch",
  async (headers) => {
    const { fetch, requests } = stubFetch();
    const error = await rejection(toFetch(createAcme({ fetch }))("/things", { headers }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toBe("Header `x-a` must be one line of Latin-1 text.");
    expect(requests).toEqual([]);
  },
);

test("the white space around a header is removed, as in fetch", async () => {
  const { fetch, requests } = stubFetch();
  await toFetch(createAcme({ fetch }))("/things", { headers: { "x-a": " 1\n" } });
  expect(requests[0]?.headers.get("x-a")).toBe("1");
});

test("a body that is a stream of Node is sent, once", async () => {
  const server = await serve([{ kind: "response", status: 503 }]);
  const fetch = toFetch(createAcme({ baseUrl: server.url }), { maxAttempts: 3 });
  await fetch("/things", { method: "POST", body: createReadStream(own), duplex: "half" } as unknown as RequestInit);
  expect(server.requests).toHaveLength(1);
  expect(Buffer.from(server.requests[0]!.bytes).toString()).toContain("a body that is a stream of Node");
});
