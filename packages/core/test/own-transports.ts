import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type NetworkError, ResponseTooLargeError } from "../src/errors/call-errors.js";
import { createAcme, wire } from "./acme.js";
import { createCall, rejection } from "./call.js";
import { encodedServer } from "./encoded-server.js";
import { listen } from "./listen.js";
import { serveWith } from "./serve.js";
import { resettingServer } from "./tls-server.js";

// What our own transports do and `fetch` leaves to the platform: their test files import this one.

const text = JSON.stringify({ text: "äöü".repeat(1_000) });
const encodings = {
  gzip: gzipSync(text),
  "x-gzip": gzipSync(text),
  deflate: deflateSync(text),
  "deflate (without the zlib wrapper)": deflateRawSync(text),
  br: brotliCompressSync(text),
  "gzip, br": brotliCompressSync(gzipSync(text)),
  identity: Buffer.from(text),
};

describe.each(Object.entries(encodings))("a response that is encoded as %s", (name, bytes) => {
  const encoding = name.replace(/ \(.*/, "");

  test("is decoded", async () => {
    const baseUrl = await encodedServer(encoding, bytes);
    expect((await createAcme({ baseUrl }).GET("/things")).data).toEqual(JSON.parse(text));
  });

  test("is decoded where it is read as a stream, too", async () => {
    const baseUrl = await encodedServer(encoding, bytes);
    const { data } = await createAcme({ baseUrl }).stream.GET("/things");
    expect(await new Response(data).text()).toBe(text);
  });

  test("R45: is read up to maxResponseBytes of decoded bytes, and no further", async () => {
    const baseUrl = await encodedServer(encoding, bytes);
    const length = Buffer.byteLength(text);
    const acme = createAcme({ baseUrl });
    expect((await acme.GET("/things", { maxResponseBytes: length })).response.status).toBe(200);
    const error = await rejection(acme.GET("/things", { maxResponseBytes: length - 1 }));
    expect(error).toBeInstanceOf(ResponseTooLargeError);
  });
});

test.each(["gzip", "deflate", "br"] as const)(
  "a body that is encoded as %s and cut is a NetworkError, read whole or as a stream",
  async (encoding) => {
    const baseUrl = await encodedServer(encoding, encodings[encoding].subarray(0, -5));
    const acme = createAcme({ baseUrl, maxAttempts: 1 });
    expect(await rejection(acme.GET("/things"))).toMatchObject({ name: "NetworkError", maybeSent: true });
    const { data } = await acme.stream.GET("/things");
    expect(await rejection(new Response(data).text())).toMatchObject({ name: "NetworkError", maybeSent: true });
  },
);

test("a response with an unknown encoding is not decoded", async () => {
  const baseUrl = await encodedServer("utf-8", Buffer.from(text));
  expect((await createAcme({ baseUrl }).GET("/things")).data).toEqual(JSON.parse(text));
});

test.each([
  ["with six encodings", Array(6).fill("gzip").join(", "), gzipSync(text)],
  ["whose body is not encoded as its header says", "gzip", Buffer.from(text)],
])("a response %s is a NetworkError", async (_, encoding, bytes) => {
  const baseUrl = await encodedServer(encoding, bytes);
  expect(await rejection(createAcme({ baseUrl, maxAttempts: 1 }).GET("/things"))).toMatchObject({
    name: "NetworkError",
    maybeSent: true,
  });
});

test("a request names the encodings that can be decoded, unless its caller names others", async () => {
  const server = await serveWith(() => ({ body: {} }));
  const acme = createAcme({ baseUrl: server.url });
  await acme.GET("/things");
  await acme.GET("/things", { headers: { "accept-encoding": "br" } });
  expect(server.requests.map(({ headers }) => headers["accept-encoding"])).toEqual(["gzip, deflate, br", "br"]);
});

test("a response to HEAD has no body, whatever its headers say", async () => {
  const baseUrl = await encodedServer("gzip", gzipSync(text));
  expect(await createAcme({ baseUrl }).HEAD("/things")).toMatchObject({ data: undefined, response: { status: 200 } });
});

test("a request body that is a stream arrives completely", async () => {
  const server = await serveWith(() => ({ body: {} }));
  const body = new Blob(["one, ", "two"]).stream();
  await createAcme({ baseUrl: server.url }, { body: "raw" }).POST("/things", {
    body,
    headers: { "content-type": "text/plain" },
  });
  expect(server.requests[0]?.body).toBe("one, two");
});

test("R6: a connection that is reset in the TLS handshake was never sent, and a write is sent again", async () => {
  const acme = createAcme({ baseUrl: await resettingServer(), random: () => 0 });
  const error = await rejection<NetworkError>(acme.PATCH("/things", { body: {} }));
  expect(error).toMatchObject({ name: "NetworkError", code: "ECONNRESET", maybeSent: false });
  expect(error.attempts).toHaveLength(3);
});

test("R6: a connection that is closed by a switch of protocols gave no response: a write may have been applied", async () => {
  const baseUrl = await listen((_, response) => {
    response.socket?.end("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n");
  });
  const error = await rejection<Error>(createAcme({ baseUrl, maxAttempts: 1 }).PATCH("/things", { body: {} }));
  expect(error).toMatchObject({ name: "OutcomeUnknownError", outcome: "unknown", cause: { name: "NetworkError" } });
});

test.each([
  ["is not HTTP", "no HTTP at all\r\n\r\n"],
  ["has a malformed header", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n"],
  ["has two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\na"],
])("R6: a response that %s is a lost one: a write may have been applied", async (_, text) => {
  const baseUrl = await listen((_, response) => void response.socket?.end(text));
  const error = await rejection<Error>(createAcme({ baseUrl, maxAttempts: 1 }).PATCH("/things", { body: {} }));
  expect(error).toMatchObject({ name: "OutcomeUnknownError", outcome: "unknown", cause: { name: "NetworkError" } });
});

test("R9: a request whose call was aborted before the transport got it is not sent", async () => {
  const server = await serveWith(() => ({ body: {} }));
  const reason = new Error("enough");
  const call = createCall({ url: `${server.url}/things`, signal: AbortSignal.abort(reason) });
  expect(await rejection(wire.transport(call))).toBe(reason);
  // A request that was sent would have arrived before this one.
  await createAcme({ baseUrl: server.url }).GET("/things");
  expect(server.requests).toHaveLength(1);
});

// Names that every object has by itself: no server may reach the prototype of all objects.
test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
  "a header that is called %s is a header like any other, and changes no object",
  async (name) => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const baseUrl = await listen((_, response) => {
      response.socket?.end(
        `HTTP/1.1 200 OK\r\n${name}: 1\r\n${name}: 2\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}`,
      );
    });
    const { data, response } = await createAcme({ baseUrl }).GET("/things");
    expect([data, response.headers.get(name)]).toEqual([{}, "1, 2"]);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  },
);
