import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { MockAgent } from "undici";
import { describe, expect, test } from "vitest";
import { createAcme, wire } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { encodedServer } from "../../test/encoded-server.js";
import { serveWith } from "../../test/serve.js";
import { ResponseTooLargeError } from "../errors/call-errors.js";
import { undiciTransport } from "./undici-transport.js";

// What holds with `fetch` holds with undici: the same tests, with the other transport.
wire.transport = undiciTransport();
await import("../client/fetch/to-fetch.test.js");
await import("../client/fetch/fetch-response.test.js");
await import("../client/start-call.test.js");
await import("../client/start-call.abort.test.js");
await import("../../test/integration/no-secret-in-errors.test.js");
await import("../transport/to-network-error.test.js");
await import("../transport/read-body.test.js");
await import("../transport/redirects.test.js");
await import("../transport/stream-body.test.js");

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

test("header values have one character for each byte, as with fetch", async () => {
  const baseUrl = await encodedServer("identity", Buffer.from("{}"), {
    "x-name": "Zoë €".replace("€", "\u00e2\u0082\u00ac"),
  });
  const sent = [undiciTransport(), undefined].map((transport) => createAcme({ baseUrl, transport }).GET("/things"));
  const [first, second] = await Promise.all(sent);
  expect(first?.response.headers.get("x-name")).toBe(second?.response.headers.get("x-name"));
});

test("the option dispatcher is used, such as a MockAgent of undici", async () => {
  const dispatcher = new MockAgent();
  dispatcher.disableNetConnect();
  dispatcher
    .get("https://api.acme.test")
    .intercept({ path: "/things?a=1", method: "GET" })
    .reply(200, { mocked: true }, { headers: { "content-type": "application/json" } });
  const { data } = await createAcme({ transport: undiciTransport({ dispatcher }) }).GET("/things", {
    params: { query: { a: 1 } },
  });
  expect(data).toEqual({ mocked: true });
});
