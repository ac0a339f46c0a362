import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent, type Dispatcher, MockAgent, ProxyAgent } from "undici";
import { MockAgent as MockAgent6 } from "undici6";
import { describe, expect, onTestFinished, test } from "vitest";
import { createAcme, wire } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { encodedServer } from "../../test/encoded-server.js";
import { type Http2Response, http2Server } from "../../test/http2-server.js";
import type { NetworkError } from "../errors/call-errors.js";
import { undiciTransport } from "./undici-transport.js";

// What holds with `fetch` holds with undici: the same tests, with the other transport.
wire.transport = undiciTransport();
await import("../client/fetch/to-fetch.test.js");
await import("../client/fetch/fetch-response.test.js");
await import("../client/start-call.test.js");
await import("../client/start-call.abort.test.js");
await import("../client/write-outcomes.test.js");
await import("../../test/integration/no-secret-in-errors.test.js");
await import("../transport/to-network-error.test.js");
await import("../upload/form.test.js");
await import("../upload/upload.test.js");
await import("../../test/own-transports.js");
await import("../transport/read-body.test.js");
await import("../transport/redirects.test.js");
await import("../transport/stream-body.test.js");

test("header values have one character for each byte, as with fetch", async () => {
  const baseUrl = await encodedServer("identity", Buffer.from("{}"), {
    "x-name": "Zoë €".replace("€", "\u00e2\u0082\u00ac"),
  });
  const sent = [undiciTransport(), undefined].map((transport) => createAcme({ baseUrl, transport }).GET("/things"));
  const [first, second] = await Promise.all(sent);
  expect(first?.response.headers.get("x-name")).toBe(second?.response.headers.get("x-name"));
});

test("headers that an interceptor of the dispatcher has written in another case are found", async () => {
  const baseUrl = await encodedServer("identity", Buffer.from("{}"), { "x-name": "1" });
  const rename: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
    const { onResponseStart } = handler;
    handler.onResponseStart = (controller, status, ...[headers, message]) => {
      const renamed = Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]);
      onResponseStart?.apply(handler, [controller, status, Object.fromEntries(renamed), message]);
    };
    return dispatch(options, handler);
  };
  const transport = undiciTransport({ dispatcher: new Agent().compose(rename) });
  const { response } = await createAcme({ baseUrl, transport }).GET("/things");
  expect(response.headers.get("x-name")).toBe("1");
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

test.each([
  [407, true, 0],
  [503, undefined, 3],
])("R6: a proxy that responds to CONNECT with %d: nothing was sent", async (status, isRejected, attempts) => {
  const proxy = createServer().on("connect", (_, socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`));
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void proxy.close());
  const dispatcher = new ProxyAgent(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  const acme = createAcme({ transport: undiciTransport({ dispatcher }), random: () => 0 });
  const error = await rejection<NetworkError>(acme.PATCH("/things", { body: {} }));
  expect(error).toMatchObject({ name: "NetworkError", maybeSent: false });
  expect([error.isRejected || undefined, error.attempts.length]).toEqual([isRejected, attempts]);
});

test("a MockAgent of undici 6 is an error that says so, and no wait for the deadline", async () => {
  const dispatcher = new MockAgent6();
  dispatcher.get("https://api.acme.test").intercept({ path: "/things" }).reply(200, {});
  const transport = undiciTransport({ dispatcher: dispatcher as never });
  const error = await rejection(createAcme({ transport }).GET("/things"));
  expect(error).toMatchObject({ name: "ConfigurationError" });
  expect(error.message).toContain("undici 7 or 8");
});

describe("over HTTP/2, a reset inside a body with a length is not its end", () => {
  const open = async (response: Http2Response) => {
    const { url, received } = await http2Server(response);
    const dispatcher = new Agent({
      allowH2: true,
      preferH2: true,
      connect: { rejectUnauthorized: false },
    } as Agent.Options);
    onTestFinished(() => dispatcher.destroy());
    const acme = createAcme({ baseUrl: url, transport: undiciTransport({ dispatcher }), random: () => 0 });
    return { acme, received };
  };
  const cut = { start: '{"a":1}', end: "reset", length: 100 } as const;

  test("a body that ends is read", async () => {
    const { acme, received } = await open({ start: '{"a":1}', end: "end", length: 7 });
    expect((await acme.GET("/things")).data).toEqual({ a: 1 });
    expect(received).toEqual({ count: 1, http1: 0 });
  });

  test("a read is sent again", async () => {
    const { acme, received } = await open(cut);
    expect(await rejection(acme.GET("/things"))).toMatchObject({ name: "NetworkError", maybeSent: true });
    expect(received.count).toBe(3);
  });

  test("R6: a write is sent once, and its outcome is unknown", async () => {
    const { acme, received } = await open(cut);
    expect(await rejection(acme.PATCH("/things", { body: {} }))).toMatchObject({ name: "OutcomeUnknownError" });
    expect(received.count).toBe(1);
  });

  test("a stream rejects", async () => {
    const { acme } = await open(cut);
    const { data } = await acme.stream.GET("/things");
    expect(await rejection(new Response(data).text())).toMatchObject({ name: "NetworkError" });
  });
});

test("by default nothing is sent over HTTP/2, of which undici reports a reset as the end", async () => {
  const { url, received } = await http2Server({ start: "{}", end: "end", length: 2 });
  const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
  onTestFinished(() => {
    if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
  });
  await createAcme({ baseUrl: url, transport: undiciTransport() }).GET("/things");
  expect(received).toEqual({ count: 0, http1: 1 });
});
