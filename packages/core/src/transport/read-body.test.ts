import { describe, expect, test } from "vitest";
import { anyResponse, createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { NetworkError, ResponseParseError, ResponseTooLargeError } from "../errors/call-errors.js";
import type { Call } from "../pipeline/call.js";
import type { Bytes } from "../platform/bytes.js";
import { readBody } from "./read-body.js";

const megabyte = 2 ** 20;

describe("maxResponseBytes", () => {
  test("R45: reads no more of a body that is too large than its value and one chunk, and cancels the rest", async () => {
    const chunk = new Uint8Array(64 * 1_024);
    let readBytes = 0;
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          readBytes += chunk.length;
          controller.enqueue(chunk);
        },
        cancel() {
          isCancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    const { fetch } = stubFetch(() => new Response(body));
    const error = await rejection(createAcme({ fetch }).GET("/things"));
    expect(error).toBeInstanceOf(ResponseTooLargeError);
    expect(readBytes).toBeLessThanOrEqual(10 * megabyte + 2 * chunk.length);
    expect(isCancelled).toBe(true);
  });

  test("R45: refuses a gzip bomb of 1 GiB with what to do, and does not ask for it again", async () => {
    const server = await serve([{ kind: "gzip-bomb", decodedBytes: 1_024 * megabyte }]);
    const error = await rejection(createAcme({ baseUrl: server.url }).GET("/things"));
    expect(error).toBeInstanceOf(ResponseTooLargeError);
    expect(error.message).toMatch(/^GET \/things: .*10485760 bytes: raise `maxResponseBytes`/);
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ["exactly as large as", 10, true],
    ["one byte larger than", 9, false],
  ])("decides about a body %s the limit", async (_, maxResponseBytes, fits) => {
    const server = await serve([], { body: "0123456789" });
    const call = createAcme({ baseUrl: server.url }, {}, anyResponse).GET("/things", { maxResponseBytes });
    if (fits) expect((await call).data).toBe("0123456789");
    else expect(await rejection(call)).toBeInstanceOf(ResponseTooLargeError);
  });

  test("applies to a body without a content length, and to one whose content length is wrong", async () => {
    for (const headers of [new Headers(), new Headers({ "content-length": "3" })]) {
      const { fetch } = stubFetch(() => new Response("0123456789", { headers }));
      const error = await rejection(createAcme({ fetch }).GET("/things", { maxResponseBytes: 5 }));
      expect(error).toBeInstanceOf(ResponseTooLargeError);
    }
  });

  test("does not cause another attempt of a write", async () => {
    const server = await serve([], { body: "0123456789" });
    await rejection(createAcme({ baseUrl: server.url }).POST("/things", { body: {}, maxResponseBytes: 5 }));
    expect(server.requests).toHaveLength(1);
  });
});

describe("an incomplete body", () => {
  test.each([
    { kind: "reset", after: "half-body" },
    { kind: "wrong-length", by: 5 },
  ] as const)("causes another attempt: $kind", async (fault) => {
    const server = await serve([fault], { body: { text: "x".repeat(1_000) } });
    const { data, response } = await createAcme({ baseUrl: server.url, random: () => 0 }).GET("/things");
    expect(data.text).toHaveLength(1_000);
    expect(response.attempts.map(({ verdict }) => verdict)).toEqual(["transient", "success"]);
  });

  test("is a NetworkError after the last attempt", async () => {
    const server = await serve([{ kind: "reset", after: "half-body", times: 9 }], {
      body: { text: "x".repeat(1_000) },
    });
    const error = await rejection<NetworkError>(createAcme({ baseUrl: server.url, random: () => 0 }).GET("/things"));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.maybeSent).toBe(true);
    expect(error.attempts).toHaveLength(3);
  });

  test("is a ResponseParseError where its content length is that of the incomplete body", async () => {
    const server = await serve([{ kind: "truncate" }], { body: { text: "x".repeat(1_000) } });
    const error = await rejection<ResponseParseError>(createAcme({ baseUrl: server.url }).GET("/things"));
    expect(error).toBeInstanceOf(ResponseParseError);
    expect(error.message).toMatch(/^GET \/things: /);
    expect(error.attempts).toHaveLength(1);
  });
});

test("a body that arrives in small chunks is joined", async () => {
  const server = await serve([{ kind: "drip", chunkBytes: 3, everyMs: 1 }], { body: { text: "äöü" } });
  expect((await createAcme({ baseUrl: server.url }).GET("/things")).data).toEqual({ text: "äöü" });
});

describe("a body in one chunk", () => {
  const read = (chunk: Uint8Array) =>
    readBody([chunk], { settings: { maxResponseBytes: 1_000 }, operation: { id: "GET /things" } } as Call) as Bytes;

  test("is not copied where its buffer has little else, such as the head of its response", () => {
    const buffer = new Uint8Array(1_000);
    expect(read(buffer.subarray(400, 500)).buffer).toBe(buffer.buffer);
  });

  test("is copied where it would keep a large buffer alive", () => {
    const buffer = new Uint8Array(2 ** 16);
    expect(read(buffer.subarray(400, 500)).buffer.byteLength).toBe(100);
  });

  test("fills its buffer where it is the data of a call", async () => {
    const chunk = new TextEncoder().encode("head body").subarray(5);
    const transport = async () => ({
      status: 200,
      headers: new Headers({ "content-type": "image/png" }),
      body: [chunk],
    });
    const { data } = await createAcme({ transport }, {}, anyResponse).GET("/things");
    expect([(data as unknown as Uint8Array).buffer.byteLength, `${data}`]).toEqual([4, `${chunk}`]);
  });
});
