import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { NetworkError } from "../errors/network-error.js";
import { ResponseParseError } from "../errors/response-parse-error.js";
import { ResponseTooLargeError } from "../errors/response-too-large-error.js";

const megabyte = 2 ** 20;

describe("the response cap", () => {
  test("R45: of a gzip bomb no more than the cap is kept, and nothing is read beyond", async () => {
    const bomb = (megabytes: number) => ({ kind: "gzip-bomb", decodedBytes: megabytes * megabyte }) as const;
    const server = await serve([bomb(9), bomb(1_024)]);
    const acme = createAcme({ baseUrl: server.url });
    // What the process needs for any large answer is there before the measurement.
    expect((await acme.GET("/things")).data).toHaveLength(9 * megabyte - 2);
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 1);
    const error = await rejection<ResponseTooLargeError>(acme.GET("/things"));
    clearInterval(watch);
    peak = Math.max(peak, process.memoryUsage().rss);
    expect(error).toBeInstanceOf(ResponseTooLargeError);
    expect(error.message).toMatch(/^GET \/things: .*`maxResponseBytes` \(10485760\)/);
    expect(peak - before).toBeLessThan(3 * 10 * megabyte);
    expect(server.requests).toHaveLength(2);
  });

  test.each([
    ["exactly as large as", 10, true],
    ["one byte larger than", 9, false],
  ])("a body %s the cap", async (_, maxResponseBytes, fits) => {
    const server = await serve([], { body: "0123456789" });
    const call = createAcme({ baseUrl: server.url }).GET("/things", { maxResponseBytes });
    if (fits) expect((await call).data).toBe("0123456789");
    else expect(await rejection(call)).toBeInstanceOf(ResponseTooLargeError);
  });

  test("holds for a body without a length, and for one whose length is a lie", async () => {
    for (const headers of [new Headers(), new Headers({ "content-length": "3" })]) {
      const { fetch } = stubFetch(() => new Response("0123456789", { headers }));
      const error = await rejection(createAcme({ fetch }).GET("/things", { maxResponseBytes: 5 }));
      expect(error).toBeInstanceOf(ResponseTooLargeError);
    }
  });

  test("a write whose answer is too large is not sent again", async () => {
    const server = await serve([], { body: "0123456789" });
    await rejection(createAcme({ baseUrl: server.url }).POST("/things", { body: {}, maxResponseBytes: 5 }));
    expect(server.requests).toHaveLength(1);
  });
});

describe("a body that does not arrive whole", () => {
  test.each([
    { kind: "reset", after: "half-body" },
    { kind: "wrong-length", by: 5 },
  ] as const)("is read again: $kind", async (fault) => {
    const server = await serve([fault], { body: { text: "x".repeat(1_000) } });
    const { data, response } = await createAcme({ baseUrl: server.url, random: () => 0 }).GET("/things");
    expect(data.text).toHaveLength(1_000);
    expect(response.attempts.map(({ verdict }) => verdict)).toEqual(["transient", "success"]);
  });

  test("is a NetworkError once there are no attempts left", async () => {
    const server = await serve([{ kind: "reset", after: "half-body", times: 9 }], {
      body: { text: "x".repeat(1_000) },
    });
    const error = await rejection<NetworkError>(createAcme({ baseUrl: server.url, random: () => 0 }).GET("/things"));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.maybeSent).toBe(true);
    expect(error.attempts).toHaveLength(3);
  });

  test("is a ResponseParseError where HTTP called it whole", async () => {
    const server = await serve([{ kind: "truncate" }], { body: { text: "x".repeat(1_000) } });
    const error = await rejection<ResponseParseError>(createAcme({ baseUrl: server.url }).GET("/things"));
    expect(error).toBeInstanceOf(ResponseParseError);
    expect(error.message).toMatch(/^GET \/things: /);
    expect(error.attempts).toHaveLength(1);
  });
});

test("a body that comes byte by byte is put together", async () => {
  const server = await serve([{ kind: "drip", chunkBytes: 3, everyMs: 1 }], { body: { text: "äöü" } });
  expect((await createAcme({ baseUrl: server.url }).GET("/things")).data).toEqual({ text: "äöü" });
});
