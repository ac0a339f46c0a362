import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../../test/acme.js";
import { rejection } from "../../../test/call.js";
import { deferred } from "../../../test/deferred.js";
import { listen } from "../../../test/listen.js";
import { stubFetch } from "../../../test/stub-fetch.js";
import { toFetch } from "./to-fetch.js";

/** What a program can see of a response. */
async function describeResponse(response: Response) {
  const copy = response.clone();
  const { status, statusText, ok, url, redirected, type } = response;
  const { "content-length": length, location, etag } = Object.fromEntries(response.headers);
  return {
    ...{ status, statusText, ok, url, redirected, type, length, location, etag },
    hasBody: response.body !== null,
    cookies: response.headers.getSetCookie(),
    clone: [copy.url, copy.status, copy.statusText, copy.redirected, copy.clone().url, copy.headers.getSetCookie()],
    isResponse: response instanceof Response,
    text: await response.text(),
    copyText: await copy.text(),
  };
}

const responses: Record<string, [respond: (response: ServerResponse) => unknown, init?: RequestInit]> = {
  "a plain one": [(response) => response.writeHead(200, { "content-length": "5", etag: '"1"' }).end("hello")],
  "several cookies": [(response) => response.writeHead(200, { "set-cookie": ["a=1; Path=/", "b=2", "c=3"] }).end("x")],
  "a reason phrase of its own": [(response) => response.writeHead(200, "Fine").end("x")],
  "an error with a reason phrase": [(response) => response.writeHead(422, "Unprocessable Entity").end("{}")],
  "an empty body": [(response) => response.writeHead(200, { "content-length": "0" }).end()],
  "no body of known length": [(response) => response.writeHead(201).end()],
  HEAD: [(response) => response.writeHead(200, { "content-length": "12345" }).end(), { method: "HEAD" }],
  "HEAD with an error": [(response) => response.writeHead(404, { "content-length": "9" }).end(), { method: "HEAD" }],
  "status 204": [(response) => response.writeHead(204).end()],
  "status 205": [(response) => response.writeHead(205).end()],
  "status 304": [(response) => response.writeHead(304, { etag: '"2"' }).end()],
  "status 226": [(response) => response.writeHead(226, "IM Used").end("x")],
  "status 600": [(response) => response.writeHead(600, "Odd").end("x")],
  "status 999": [(response) => response.writeHead(999, "Request denied").end("x")],
  "an encoding that nobody knows": [
    (response) => response.writeHead(200, { "content-encoding": "aes128gcm" }).end("x"),
  ],
  "a redirect that is not to be followed": [
    (response) => response.writeHead(302, { location: "/elsewhere", "content-length": "4" }).end("here"),
    { redirect: "manual" },
  ],
};

describe("a response is what the platform's fetch would return", () => {
  test.each(Object.entries(responses))("%s", async (_, [respond, init]) => {
    const baseUrl = await listen((_request, response) => respond(response));
    const expected = await describeResponse(await fetch(`${baseUrl}/things?a=1#part`, init));
    const actual = await describeResponse(await toFetch(createAcme({ baseUrl }))(`${baseUrl}/things?a=1#part`, init));
    expect(actual).toEqual(expected);
  });

  test("one that was redirected", async () => {
    const baseUrl = await listen(({ url }, response) =>
      url === "/moved" ? response.writeHead(307, { location: "/things" }).end() : response.end("x"),
    );
    const expected = await describeResponse(await fetch(`${baseUrl}/moved`));
    expect(await describeResponse(await toFetch(createAcme({ baseUrl }))("/moved"))).toEqual(expected);
    expect(expected).toMatchObject({ redirected: true, url: `${baseUrl}/things` });
  });

  test("a redirect is an error where the request says so", async () => {
    const baseUrl = await listen((_request, response) => response.writeHead(302, { location: "/things" }).end());
    const error = await rejection(toFetch(createAcme({ baseUrl }))("/moved", { redirect: "error" }));
    expect(error).toMatchObject({ name: "UnsafeRedirectError" });
    expect(error.message).toContain("because `redirect` is error");
  });
});

test("a credential in the query is not in the address of the response, and is not a redirect", async () => {
  const { fetch, requests } = stubFetch();
  const acme = createAcme({ fetch, auth: "key_123456789" }, { auth: { kind: "query", name: "key", env: "ACME" } });
  const { url, redirected } = await toFetch(acme)("/things?a=1");
  expect(requests[0]?.url).toBe("https://api.acme.test/things?a=1&key=key_123456789");
  expect([url, redirected]).toEqual(["https://api.acme.test/things?a=1", false]);
});

describe("a body is a stream", () => {
  test("whose parts arrive as they are sent", async () => {
    const next = [deferred(), deferred(), deferred()];
    const baseUrl = await listen(async (_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const [index, { opened }] of next.entries()) {
        response.write(`data: ${index}\n\n`);
        await opened;
      }
      response.end();
    });
    const { body } = await toFetch(createAcme({ baseUrl }))("/events");
    const seen: string[] = [];
    const decoder = new TextDecoder();
    // The server sends a part only after the one before it was read.
    for await (const part of body as ReadableStream<Uint8Array>) {
      next[seen.length]?.go();
      seen.push(decoder.decode(part));
    }
    expect(seen).toEqual(["data: 0\n\n", "data: 1\n\n", "data: 2\n\n"]);
  });

  test("whose parts arrive as they are sent where they are compressed", async () => {
    const encoded = gzipSync("x".repeat(100));
    const baseUrl = await listen((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip", "content-length": `${encoded.length}` }).end(encoded);
    });
    const response = await toFetch(createAcme({ baseUrl }))("/things");
    expect(await response.text()).toBe("x".repeat(100));
    expect([response.headers.get("content-encoding"), response.headers.get("content-length")]).toEqual([null, null]);
  });

  test.each<[string, (response: Response, controller: AbortController) => unknown]>([
    ["cancelling it", (response) => response.body?.cancel()],
    ["aborting its request", (_, controller) => controller.abort()],
    [
      "leaving a loop over it",
      async ({ body }) => {
        for await (const _ of body as ReadableStream<Uint8Array>) break;
      },
    ],
  ])("%s closes the connection to the provider", async (_, end) => {
    const closed = deferred();
    const baseUrl = await listen((_request, response) => {
      response.on("close", closed.go);
      response.write("data: 1\n\n");
    });
    const controller = new AbortController();
    const response = await toFetch(createAcme({ baseUrl }))("/events", { signal: controller.signal });
    await end(response, controller);
    await closed.opened;
  });

  test("which may be longer than maxResponseBytes of the client", async () => {
    const baseUrl = await listen((_request, response) => response.end("x".repeat(5_000)));
    const acme = createAcme({ baseUrl, maxResponseBytes: 1_000 });
    expect(await (await toFetch(acme)("/things")).text()).toHaveLength(5_000);
  });

  test("which ends in ResponseTooLargeError where toFetch is given maxResponseBytes", async () => {
    const closed = deferred();
    const baseUrl = await listen((_request, response) => {
      response.on("close", closed.go);
      response.write("x".repeat(5_000));
    });
    const response = await toFetch(createAcme({ baseUrl }), { maxResponseBytes: 1_000 })("/things");
    expect(await rejection(response.text())).toMatchObject({ name: "ResponseTooLargeError", operation: "GET /things" });
    await closed.opened;
  });

  test("which frees its slot also where nobody reads it, if it is short", async () => {
    const baseUrl = await listen((_request, response) => response.end("pong"));
    const fetch = toFetch(createAcme({ baseUrl, concurrency: 1 }));
    for (let count = 0; count < 3; count += 1) expect((await fetch("/ping")).status).toBe(200);
  });

  test("which is read whole where a status of success may be a failure, so that it is retried", async () => {
    const { fetch, requests } = stubFetch((_, count) => Response.json(count > 1 ? { ok: true } : { error: "later" }));
    const when = { status: 200, body: { at: ["error"], equals: "later" } };
    const acme = createAcme({ fetch, random: () => 0 }, { retry: { rules: [{ when, verdict: "transient" }] } });
    await toFetch(acme, { maxAttempts: 2 })("/things");
    expect(requests).toHaveLength(2);
  });
});
