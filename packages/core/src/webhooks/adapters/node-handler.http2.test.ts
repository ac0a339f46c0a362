import { once } from "node:events";
import {
  type ClientHttp2Session,
  connect,
  createSecureServer,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
} from "node:http2";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  createWebhookHandler,
  hubspot,
  signWebhook,
  stripe,
  toNodeHandler,
  type WebhookHandlerOptions,
  type WebhookScheme,
} from "../index.js";

const paid = { id: "evt_1", type: "invoice.paid" };

/** Listens, and connects a client that is closed after the test. */
async function open(server: Http2Server, scheme: "http" | "https"): Promise<[string, ClientHttp2Session]> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const session = connect(origin, { rejectUnauthorized: false });
  onTestFinished(() => {
    session.destroy();
    server.close();
  });
  return [origin, session];
}

function listener(scheme: WebhookScheme, options: Partial<WebhookHandlerOptions<Record<string, unknown>>> = {}) {
  const processed: string[] = [];
  const handler = createWebhookHandler(scheme, {
    secrets: "secret",
    otherwise: ({ id }) => void processed.push(id),
    onError: () => {},
    ...options,
  });
  return { onRequest: toNodeHandler(handler), processed };
}

/** Sends a delivery as one stream of a session, and returns the header fields of its response. */
async function send(session: ClientHttp2Session, delivery: Request): Promise<IncomingHttpHeaders> {
  const { pathname, search } = new URL(delivery.url);
  const stream = session.request({
    ":method": "POST",
    ":path": pathname + search,
    ...Object.fromEntries(delivery.headers),
  });
  stream.resume();
  stream.end(new Uint8Array(await delivery.arrayBuffer()));
  const [headers] = (await once(stream, "response")) as [IncomingHttpHeaders];
  return headers;
}

test("a node:http2 server verifies deliveries, several in one connection", async () => {
  const { onRequest, processed } = listener(stripe);
  const [, session] = await open(createServer(onRequest), "http");
  const deliver = async (id: string, secret: string) =>
    (await send(session, await signWebhook(stripe, { ...paid, id }, { secret })))[":status"];
  expect(await Promise.all(["evt_1", "evt_2", "evt_1"].map((id) => deliver(id, "secret")))).toEqual([204, 204, 204]);
  expect(await deliver("evt_3", "another")).toBe(401);
  expect([...processed].sort()).toEqual(["evt_1", "evt_2"]);
});

test("a signed URL has the authority of the request, and https where the connection is encrypted", async () => {
  const { private: key, cert } = await generate([{ name: "commonName", value: "127.0.0.1" }]);
  const { onRequest } = listener(hubspot);
  const [origin, session] = await open(createSecureServer({ key, cert }, onRequest), "https");
  const deliver = async (url: string) =>
    (await send(session, await signWebhook(hubspot, [], { secret: "secret", url })))[":status"];
  expect(await deliver(`${origin}/hubspot?a=1`)).toBe(204);
  expect(await deliver(`http://elsewhere.example/hubspot?a=1`)).toBe(401);
});

test("R38: a body that is too large gets a 413, is not read to its end, and costs the connection nothing", async () => {
  const { onRequest, processed } = listener(stripe);
  const [, session] = await open(createServer(onRequest), "http");
  const upload = session.request({ ":method": "POST", ":path": "/", "stripe-signature": "t=1,v1=00" });
  let written = 0;
  const pump = () => {
    if (upload.closed || upload.destroyed || written > 64 * 1_048_576) return;
    written += 65_536;
    upload.write(Buffer.alloc(65_536), pump);
  };
  upload.on("error", () => {});
  pump();
  const [headers] = (await once(upload, "response")) as [IncomingHttpHeaders];
  expect([headers[":status"], headers.connection]).toEqual([413, undefined]);
  upload.resume();
  // The server has reset the stream, with NO_ERROR.
  while (!upload.closed) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(upload.rstCode).toBe(0);
  expect(written).toBeLessThan(16 * 1_048_576);
  expect((await send(session, await signWebhook(stripe, paid, { secret: "secret" })))[":status"]).toBe(204);
  expect(processed).toEqual(["evt_1"]);
});

test("headers of the connection are left out of a response, and all its cookies are sent", async () => {
  const warnings: string[] = [];
  const onWarning = ({ name }: Error) => void warnings.push(name);
  process.on("warning", onWarning);
  onTestFinished(() => void process.off("warning", onWarning));
  const headers = new Headers([
    ["connection", "keep-alive"],
    ["keep-alive", "timeout=5"],
    ["set-cookie", "a=1"],
    ["set-cookie", "b=2"],
    ["x-kept", "yes"],
  ]);
  const { onRequest } = listener(stripe, { otherwise: () => new Response("ok", { headers }) });
  const [, session] = await open(createServer(onRequest), "http");
  const response = await send(session, await signWebhook(stripe, paid, { secret: "secret" }));
  expect([response[":status"], response["set-cookie"], response["x-kept"]]).toEqual([200, ["a=1", "b=2"], "yes"]);
  await new Promise(setImmediate);
  expect(warnings).toEqual([]);
});

test("a request with a method that `Request` does not accept gets a 400, and is reported", async () => {
  const reports: unknown[] = [];
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  onTestFinished(() => warn.mockRestore());
  for (const onError of [undefined, (error: unknown, delivery: object) => void reports.push([error, delivery])]) {
    const { onRequest } = listener(stripe, { onError });
    const [, session] = await open(createServer(onRequest), "http");
    const stream = session.request({ ":method": "TRACE", ":path": "/hook?token=canary", "x-request-id": "req_1" });
    const [headers] = (await once(stream.resume(), "response")) as [IncomingHttpHeaders];
    expect(headers[":status"]).toBe(400);
  }
  expect(reports).toEqual([
    [
      expect.objectContaining({ reason: "malformed" }),
      expect.objectContaining({ method: "TRACE", url: "/hook?token=canary" }),
    ],
  ]);
  expect(warn.mock.calls).toEqual([
    [expect.stringMatching(/\(malformed\)\. Stripe: .* TRACE \/hook, request id req_1\.$/)],
  ]);
});

test("a response whose body fails gets a 500, is reported, and the server keeps running", async () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => error.mockRestore());
  const { onRequest } = listener(stripe, {
    inbox: false,
    otherwise: ({ id }) =>
      id === "evt_2"
        ? undefined
        : new Response(new ReadableStream({ start: (stream) => stream.error(new Error("gone")) })),
  });
  const [, session] = await open(createServer(onRequest), "http");
  const deliver = async (id: string) =>
    (await send(session, await signWebhook(stripe, { ...paid, id }, { secret: "secret" })))[":status"];
  expect(await deliver("evt_1")).toBe(500);
  expect(error.mock.calls).toEqual([[expect.stringMatching(/response/), new Error("gone")]]);
  expect(await deliver("evt_2")).toBe(204);
});
