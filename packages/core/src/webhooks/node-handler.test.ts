import { createServer, type IncomingMessage, type RequestListener, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import {
  createWebhookHandler,
  hubspot,
  signWebhook,
  stripe,
  toNodeHandler,
  twilio,
  type WebhookHandler,
  type WebhookScheme,
} from "./index.js";

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
  const worked: string[] = [];
  const errors: unknown[] = [];
  const handler = createWebhookHandler(scheme, {
    secrets: "secret",
    otherwise: ({ id }) => void worked.push(id),
    onError: (error) => void errors.push(error),
    ...options,
  });
  return { handler, worked, errors };
}

async function send(delivery: Request, url: string): Promise<Response> {
  return fetch(url, { method: "POST", headers: delivery.headers, body: await delivery.arrayBuffer() });
}

test("node:http takes a delivery by its raw bytes", async () => {
  const { handler, worked } = harness(stripe);
  const { url } = await serve(toNodeHandler(handler));
  const body = Uint8Array.from([...new TextEncoder().encode('{"id":"evt_1","type":"a","text":"'), 0xff, 0x22, 0x7d]);
  expect((await send(await signWebhook(stripe, "secret", body), url)).status).toBe(204);
  expect((await send(await signWebhook(stripe, "another", body), url)).status).toBe(401);
  expect(worked).toEqual(["evt_1"]);
});

test.each([
  ["the bytes of express.raw()", (bytes: Buffer) => ({ body: bytes })],
  ["the text of express.text()", (bytes: Buffer) => ({ body: bytes.toString() })],
  ["rawBody beside a parsed body", (bytes: Buffer) => ({ body: JSON.parse(bytes.toString()), rawBody: bytes })],
])("%s are taken where a parser has kept them", async (_, kept) => {
  const { handler, worked } = harness(stripe);
  const onRequest = toNodeHandler(handler);
  const { url } = await serve(async (incoming, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    await onRequest(Object.assign(incoming, kept(Buffer.concat(chunks))), response);
  });
  expect((await send(await signWebhook(stripe, "secret", paid), url)).status).toBe(204);
  expect(worked).toEqual(["evt_1"]);
});

test.each([
  ["parsed by express.json()", (text: string) => ({ body: JSON.parse(text) })],
  ["read, and kept nowhere", () => ({})],
])("a body that was %s is refused, and the error says how to keep it", async (_, kept) => {
  const { handler, worked, errors } = harness(stripe);
  const onRequest = toNodeHandler(handler);
  const { url } = await serve(async (incoming, response) => {
    let text = "";
    for await (const chunk of incoming) text += chunk;
    await onRequest(Object.assign(incoming, kept(text)), response);
  });
  const response = await send(await signWebhook(stripe, "secret", paid), url);
  expect([response.status, await response.json()]).toEqual([500, { error: "body-parsed" }]);
  expect(errors).toMatchObject([{ reason: "body-parsed", message: expect.stringMatching(/express\.raw\(.*Fastify/) }]);
  expect(worked).toEqual([]);
});

test("R38: a body beyond the cap is answered 413 and not read to its end", async () => {
  const { handler } = harness(stripe);
  const { port } = await serve(toNodeHandler(handler));
  const { headers } = await signWebhook(stripe, "secret", "{}");
  let written = 0;
  const status = await new Promise<number>((resolve, reject) => {
    const outgoing = request({
      port,
      host: "127.0.0.1",
      method: "POST",
      headers: { "stripe-signature": headers.get("stripe-signature") ?? "", "transfer-encoding": "chunked" },
    });
    let isAnswered = false;
    outgoing.on("response", (incoming: IncomingMessage) => {
      isAnswered = true;
      expect(incoming.headers.connection).toBe("close");
      resolve(incoming.statusCode ?? 0);
      outgoing.destroy();
    });
    outgoing.on("error", (error) => isAnswered || reject(error));
    const chunk = Buffer.alloc(65_536, 97);
    const pump = () => {
      if (isAnswered || outgoing.destroyed || written > 64 * 1_048_576) return;
      written += chunk.length;
      outgoing.write(chunk, pump);
    };
    pump();
  });
  expect(status).toBe(413);
  expect(written).toBeLessThan(16 * 1_048_576);
});

test("an address is signed as it came, letter by letter, also where WHATWG URL would write it anew", async () => {
  const { handler, worked } = harness(twilio);
  const { port } = await serve(toNodeHandler(handler));
  const path = "/hook?name=O'Brien&q=a|b";
  const body = "MessageSid=SM1&MessageStatus=sent";
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const url = `http://127.0.0.1:${port}${path}`;
  // What Twilio signs: the address as it was given. A Request would have changed it, so it is signed by hand.
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
  expect([status, worked.length]).toEqual([204, 1]);
});

test("in Express a router's part of the address is signed, too", async () => {
  const { handler } = harness(hubspot, { publicUrl: "https://hooks.example.com" });
  const onRequest = toNodeHandler(handler);
  const { url } = await serve((incoming, response) => {
    const originalUrl = incoming.url ?? "";
    incoming.url = originalUrl.replace("/api", "");
    void onRequest(Object.assign(incoming, { originalUrl }), response);
  });
  const delivery = await signWebhook(hubspot, "secret", [], { url: "https://hooks.example.com/api/hubspot?a=1" });
  expect((await send(delivery, `${url}/api/hubspot?a=1`)).status).toBe(204);
});

test("R38: what is hardly HTTP gets an answer or an end, and the server goes on", { timeout: 30_000 }, async () => {
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
        let answer = "";
        const socket = connect(port, "127.0.0.1", () => socket.end(text));
        socket.on("data", (data) => {
          answer += data;
        });
        socket.on("error", () => {});
        socket.on("close", () => resolve(answer.slice(9, 12)));
      });
    }),
  );
  expect([...new Set(seen)].filter((status) => !/^(400|401|405|)$/.test(status))).toEqual([]);
  expect((await send(await signWebhook(stripe, "secret", paid), url)).status).toBe(204);
});
