import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { MockAgent } from "undici";
import { describe, expect, test } from "vitest";
import { createAcme, wire } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { encodedServer } from "../../test/encoded-server.js";
import { serveWith } from "../../test/serve.js";
import { ResponseTooLargeError } from "../errors/response-too-large-error.js";
import { undiciTransport } from "./undici-transport.js";

// What is promised of `fetch` is promised of undici: the same tests, sent by the other.
wire.transport = undiciTransport();
await import("../connector/to-fetch.test.js");
await import("../connector/start-call.test.js");
await import("../errors/no-secret-in-errors.test.js");
await import("./lost-answer.test.js");
await import("./read-body.test.js");
await import("./redirects.test.js");
await import("./stream-body.test.js");

const text = JSON.stringify({ text: "äöü".repeat(1_000) });
const encodings = {
  gzip: gzipSync(text),
  "x-gzip": gzipSync(text),
  deflate: deflateSync(text),
  "deflate (without its wrapper)": deflateRawSync(text),
  br: brotliCompressSync(text),
  "gzip, br": brotliCompressSync(gzipSync(text)),
  identity: Buffer.from(text),
};

describe.each(Object.entries(encodings))("an answer encoded as %s", (name, bytes) => {
  const encoding = name.replace(/ \(.*/, "");

  test("is decoded", async () => {
    const baseUrl = await encodedServer(encoding, bytes);
    expect((await createAcme({ baseUrl }).GET("/things")).data).toEqual(JSON.parse(text));
  });

  test("is decoded as a stream, too", async () => {
    const baseUrl = await encodedServer(encoding, bytes);
    const { data } = await createAcme({ baseUrl }).stream.GET("/things");
    expect(await new Response(data).text()).toBe(text);
  });

  test("R45: is read up to the cap of its decoded bytes, and no further", async () => {
    const baseUrl = await encodedServer(encoding, bytes);
    const length = Buffer.byteLength(text);
    const acme = createAcme({ baseUrl });
    expect((await acme.GET("/things", { maxResponseBytes: length })).response.status).toBe(200);
    const error = await rejection(acme.GET("/things", { maxResponseBytes: length - 1 }));
    expect(error).toBeInstanceOf(ResponseTooLargeError);
  });
});

test("an encoding that nobody knows is left as it is", async () => {
  const baseUrl = await encodedServer("utf-8", Buffer.from(text));
  expect((await createAcme({ baseUrl }).GET("/things")).data).toEqual(JSON.parse(text));
});

test.each([
  ["with more encodings than anyone needs", Array(6).fill("gzip").join(", "), gzipSync(text)],
  ["that is not what its encoding says", "gzip", Buffer.from(text)],
])("an answer %s is a NetworkError", async (_, encoding, bytes) => {
  const baseUrl = await encodedServer(encoding, bytes);
  expect(await rejection(createAcme({ baseUrl, maxAttempts: 1 }).GET("/things"))).toMatchObject({
    name: "NetworkError",
    maybeSent: true,
  });
});

test("says which encodings it takes, and leaves one that the caller names", async () => {
  const server = await serveWith(() => ({ body: {} }));
  const acme = createAcme({ baseUrl: server.url });
  await acme.GET("/things");
  await acme.GET("/things", { headers: { "accept-encoding": "br" } });
  expect(server.requests.map(({ headers }) => headers["accept-encoding"])).toEqual(["gzip, deflate, br", "br"]);
});

test("a HEAD has no body, whatever its headers say", async () => {
  const baseUrl = await encodedServer("gzip", gzipSync(text));
  expect(await createAcme({ baseUrl }).HEAD("/things")).toMatchObject({ data: undefined, response: { status: 200 } });
});

test("a body that is sent as a stream arrives whole", async () => {
  const server = await serveWith(() => ({ body: {} }));
  const body = new Blob(["one, ", "two"]).stream();
  await createAcme({ baseUrl: server.url }, { body: "raw" }).POST("/things", {
    body,
    headers: { "content-type": "text/plain" },
  });
  expect(server.requests[0]?.body).toBe("one, two");
});

test("header values are read byte by byte, as fetch reads them", async () => {
  const baseUrl = await encodedServer("identity", Buffer.from("{}"), {
    "x-name": "Zoë €".replace("€", "\u00e2\u0082\u00ac"),
  });
  const sent = [undiciTransport(), undefined].map((transport) => createAcme({ baseUrl, transport }).GET("/things"));
  const [first, second] = await Promise.all(sent);
  expect(first?.response.headers.get("x-name")).toBe(second?.response.headers.get("x-name"));
});

test("a dispatcher of the user's own is asked, such as undici's MockAgent", async () => {
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
