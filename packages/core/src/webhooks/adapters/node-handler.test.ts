import { createServer, type IncomingMessage, type RequestListener, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  createWebhookHandler,
  hubspot,
  signWebhook,
  stripe,
  toNodeHandler,
  twilio,
  type WebhookHandler,
  type WebhookScheme,
} from "../index.js";

const paid = { id: "evt_1", type: "invoice.paid" };

/** A server on a port of its own. */
async function serve(listener: RequestListener): Promise<{ readonly url: string; readonly port: number }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port };
}

function harness(scheme: WebhookScheme, options: { readonly publicUrl?: string } = {}) {
  const processed: string[] = [];
  const errors: unknown[] = [];
  const handler = createWebhookHandler(scheme, {
    secrets: "secret",
    otherwise: ({ id }) => void processed.push(id),
    onError: (error) => void errors.push(error),
    ...options,
  });
  return { handler, processed, errors };
}

async function send(delivery: Request, url: string): Promise<Response> {
  return fetch(url, { method: "POST", headers: delivery.headers, body: await delivery.arrayBuffer() });
}

test("a node:http server verifies a delivery by its raw bytes", async () => {
  const { handler, processed } = harness(stripe);
  const { url } = await serve(toNodeHandler(handler));
  const body = Uint8Array.from([...new TextEncoder().encode('{"id":"evt_1","type":"a","text":"'), 0xff, 0x22, 0x7d]);
  expect((await send(await signWebhook(stripe, body, { secret: "secret" }), url)).status).toBe(204);
  expect((await send(await signWebhook(stripe, body, { secret: "another" }), url)).status).toBe(401);
  expect(processed).toEqual(["evt_1"]);
});

test.each([
  ["the bytes of express.raw()", (bytes: Buffer) => ({ body: bytes })],
  ["the text of express.text()", (bytes: Buffer) => ({ body: bytes.toString() })],
  ["rawBody in addition to a parsed body", (bytes: Buffer) => ({ body: JSON.parse(bytes.toString()), rawBody: bytes })],
])("a delivery is verified by %s", async (_, kept) => {
  const { handler, processed } = harness(stripe);
  const onRequest = toNodeHandler(handler);
  const { url } = await serve(async (incoming, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    await onRequest(Object.assign(incoming, kept(Buffer.concat(chunks))), response);
  });
  expect((await send(await signWebhook(stripe, paid, { secret: "secret" }), url)).status).toBe(204);
  expect(processed).toEqual(["evt_1"]);
});

test.each([
  ["parsed by express.json()", (text: string) => ({ body: JSON.parse(text) })],
  ["read and not kept", () => ({})],
])("a body that was %s is rejected, and the error says how to keep it", async (_, kept) => {
  const { handler, processed, errors } = harness(stripe);
  const onRequest = toNodeHandler(handler);
  const { url } = await serve(async (incoming, response) => {
    let text = "";
    for await (const chunk of incoming) text += chunk;
    await onRequest(Object.assign(incoming, kept(text)), response);
  });
  const response = await send(await signWebhook(stripe, paid, { secret: "secret" }), url);
  expect([response.status, await response.json()]).toEqual([500, { error: "body-parsed" }]);
  expect(errors).toMatchObject([{ reason: "body-parsed", message: expect.stringMatching(/express\.raw\(.*Fastify/) }]);
  expect(processed).toEqual([]);
});

test("R38: a body above `maxBodyBytes` gets a 413 and is not read to its end", async () => {
  const { handler } = harness(stripe);
  const { port } = await serve(toNodeHandler(handler));
  const { headers } = await signWebhook(stripe, "{}", { secret: "secret" });
  const status = await new Promise<number>((resolve, reject) => {
    const outgoing = request({
      port,
      host: "127.0.0.1",
      method: "POST",
      headers: { "stripe-signature": headers.get("stripe-signature") ?? "", "transfer-encoding": "chunked" },
    });
    outgoing.on("response", (incoming: IncomingMessage) => {
      expect(incoming.headers.connection).toBe("close");
      resolve(incoming.statusCode ?? 0);
      outgoing.destroy();
    });
    outgoing.on("error", reject);
    // One byte too many, and never an end. A client that writes on could lose the response with its connection.
    outgoing.write(Buffer.alloc(1_048_577, 97));
  });
  expect(status).toBe(413);
});

test("a URL is verified as it was received, where the WHATWG URL standard would serialize it differently", async () => {
  const { handler, processed } = harness(twilio);
  const { port } = await serve(toNodeHandler(handler));
  const path = "/hook?name=O'Brien&q=a|b";
  const body = "MessageSid=SM1&MessageStatus=sent";
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const url = `http://127.0.0.1:${port}${path}`;
  // Twilio signs the URL as configured. It is signed here by hand, because a `Request` would change it.
  const { createHmac } = await import("node:crypto");
  const signature = createHmac("sha1", "secret").update(`${url}MessageSidSM1MessageStatussent`).digest("base64");
  const status = await new Promise((resolve) => {
    const outgoing = request({
      port,
      host: "127.0.0.1",
      method: "POST",
      path,
      headers: { ...headers, "x-twilio-signature": signature },
    });
    outgoing.on("response", (incoming) => {
      incoming.resume();
      resolve(incoming.statusCode);
    });
    outgoing.end(body);
  });
  expect([status, processed.length]).toEqual([204, 1]);
});

test("the part of the URL that an Express router removes is verified, too", async () => {
  const { handler } = harness(hubspot, { publicUrl: "https://hooks.example.com" });
  const onRequest = toNodeHandler(handler);
  const { url } = await serve((incoming, response) => {
    const originalUrl = incoming.url ?? "";
    incoming.url = originalUrl.replace("/api", "");
    void onRequest(Object.assign(incoming, { originalUrl }), response);
  });
  const delivery = await signWebhook(hubspot, [], {
    secret: "secret",
    url: "https://hooks.example.com/api/hubspot?a=1",
  });
  expect((await send(delivery, `${url}/api/hubspot?a=1`)).status).toBe(204);
});

test("R38: malformed HTTP gets a 4xx or a closed connection, and the server keeps running", async () => {
  const { handler } = harness(stripe);
  const { port, url } = await serve(toNodeHandler(handler as WebhookHandler));
  const lines = [
    "POST / HTTP/1.1\r\nhost: x\r\nstripe-signature: t=1,v1=00\r\ncontent-length: 2\r\n\r\n{}",
    "POST / HTTP/1.1\r\nhost: \r\ncontent-length: 0\r\n\r\n",
    "POST / HTTP/1.1\r\nhost: u:p@[::1\r\ncontent-length: 0\r\n\r\n",
    "GET http://elsewhere.example/x HTTP/1.1\r\nhost: x\r\n\r\n",
    "POST * HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nab",
    "POST //evil.example/%00%zz?%zz HTTP/1.1\r\nhost: a b\r\nstripe-signature: \x01\r\n\r\n",
    `POST / HTTP/1.1\r\nhost: x\r\nstripe-signature: ${"v1=0,".repeat(2_000)}\r\ncontent-length: 0\r\n\r\n`,
    "TRACE / HTTP/1.1\r\nhost: x\r\n\r\n",
    "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
  ];
  const seen = await Promise.all(
    Array.from({ length: 450 }, (_, index) => {
      const text = lines[index % lines.length] ?? "";
      return new Promise<string>((resolve) => {
        let received = "";
        const socket = connect(port, "127.0.0.1", () => socket.end(text));
        socket.on("data", (data) => {
          received += data;
        });
        socket.on("error", () => {});
        socket.on("close", () => resolve(received.slice(9, 12)));
      });
    }),
  );
  expect([...new Set(seen)].filter((status) => !/^(400|401|405|)$/.test(status))).toEqual([]);
  expect((await send(await signWebhook(stripe, paid, { secret: "secret" }), url)).status).toBe(204);
});

test("an `onError` that throws gets a 500, is reported, and the server keeps running", async () => {
  const print = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => print.mockRestore());
  const handler = createWebhookHandler(stripe, {
    secrets: "secret",
    otherwise: () => {},
    onError: () => {
      throw new Error("the tracker is unavailable");
    },
  });
  const { url } = await serve(toNodeHandler(handler));
  expect((await send(await signWebhook(stripe, paid, { secret: "another" }), url)).status).toBe(500);
  expect(print.mock.calls).toEqual([[expect.any(String), new Error("the tracker is unavailable")]]);
  expect((await send(await signWebhook(stripe, paid, { secret: "secret" }), url)).status).toBe(204);
});
