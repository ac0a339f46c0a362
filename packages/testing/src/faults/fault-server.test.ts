import { createConnection } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import type { ScriptedFault } from "./fault.js";
import { type FaultServer, type FaultServerOptions, faultServer } from "./fault-server.js";

const open: FaultServer[] = [];
const start = async (script: ScriptedFault[], options?: FaultServerOptions) => {
  const server = await faultServer(script, options);
  open.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const body = { id: "cus_1", name: "Ada Lovelace", notes: "x".repeat(500) };
const jsonResponse = { body };
const json = JSON.stringify(body);
const codeOf = (error: unknown) => ((error as Error).cause as { code?: string } | undefined)?.code;

/** The text that a plain socket has received, and how its connection ended. */
function rawResponse(url: string): { readonly text: string; readonly ended: string } {
  const { hostname, port } = new URL(url);
  const socket = createConnection(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  const received = { text: "", ended: "open" };
  socket.on("data", (chunk) => (received.text += chunk.toString("latin1")));
  socket.on("end", () => (received.ended = "end"));
  socket.on("error", (error) => (received.ended = (error as NodeJS.ErrnoException).code ?? "error"));
  socket.write(`GET / HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
  return received;
}

/** Counts the timers of so many milliseconds that are set from now on. */
function countTimers(delayMs: number): () => number {
  const timers = vi.spyOn(globalThis, "setTimeout");
  onTestFinished(() => timers.mockRestore());
  return () => timers.mock.calls.filter(([, ms]) => ms === delayMs).length;
}

test("without faults the server responds and records method, path, query, headers and body", async () => {
  const server = await start([]);
  const response = await fetch(`${server.url}/a/b?x=1&x=2`, {
    method: "POST",
    body: '{"n":1}',
    headers: { "content-type": "application/json" },
  });
  expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
  expect(server.requests).toMatchObject([
    { method: "POST", path: "/a/b", query: { x: ["1", "2"] }, body: { n: 1 }, status: 200 },
  ]);
  expect(new TextDecoder().decode(server.requests[0]?.bytes)).toBe('{"n":1}');
});

test("a credential can be read from a record, but is not visible in JSON and inspect", async () => {
  const server = await start([]);
  await fetch(server.url, { headers: { authorization: "Bearer sk_canary_12345", "x-api-key": "sk_canary_12345" } });
  const [request] = server.requests;
  expect(request?.headers.authorization).toBe("Bearer sk_canary_12345");
  const { inspect } = await import("node:util");
  expect(JSON.stringify(request) + inspect(request, { depth: 9 })).not.toContain("sk_canary_12345");
});

test("response: 503, 429 with Retry-After, an HTML 502 and an empty 204 replace the response", async () => {
  const server = await start([
    { kind: "response", status: 503, body: { error: "down" } },
    { kind: "response", status: 429, headers: { "Retry-After": "2" } },
    { kind: "response", status: 502, headers: { "content-type": "text/html" }, body: "<h1>Bad Gateway</h1>" },
    { kind: "response", status: 204 },
  ]);
  const received = [];
  for (let index = 0; index < 5; index += 1) {
    const response = await fetch(server.url);
    received.push([
      response.status,
      response.headers.get("retry-after"),
      response.headers.get("content-type"),
      await response.text(),
    ]);
  }
  expect(received).toEqual([
    [503, null, "application/json", '{"error":"down"}'],
    [429, "2", null, ""],
    [502, null, "text/html", "<h1>Bad Gateway</h1>"],
    [204, null, null, ""],
    [200, null, "application/json", '{"ok":true}'],
  ]);
});

test("latency: the response is delayed", async () => {
  const server = await start([{ kind: "latency", delayMs: 80 }], { response: jsonResponse });
  const timers = countTimers(80);
  expect(await (await fetch(server.url)).json()).toEqual(body);
  expect(timers()).toBe(1);
});

test("reset after request: fetch fails with ECONNRESET, and no status is recorded", async () => {
  const server = await start([{ kind: "reset", after: "request" }]);
  const error = await fetch(server.url).catch((thrown: unknown) => thrown);
  expect(codeOf(error)).toBe("ECONNRESET");
  expect(server.requests).toMatchObject([{ status: undefined }]);
});

test.each([
  ["headers", 0],
  ["half-body", Math.ceil(json.length / 2)],
] as const)(
  "reset after %s: the response begins, and its body ends after %i bytes with an error",
  async (after, bytes) => {
    const server = await start([{ kind: "reset", after }], { response: jsonResponse });
    const response = await fetch(server.url);
    expect(response.status).toBe(200);
    let received = 0;
    const read = async () => {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) received += chunk.byteLength;
    };
    const error = await read().catch((thrown: unknown) => thrown);
    expect(codeOf(error)).toBe("UND_ERR_SOCKET");
    expect(received).toBe(bytes);
  },
);

test("reset after half-body: a response without a body is reset before its headers", async () => {
  const server = await start([{ kind: "reset", after: "half-body" }], { response: { status: 204 } });
  expect(codeOf(await fetch(server.url).catch((thrown: unknown) => thrown))).toBe("ECONNRESET");
});

test.each([
  ["request", /^$/],
  ["headers", /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n$/],
  ["half-body", /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n\{"id":"cus_1"[^}]*$/],
] as const)("stall after %s: the connection stays open without further data", async (after, expected) => {
  const server = await start([{ kind: "stall", after }], { response: jsonResponse });
  const stalled = rawResponse(server.url);
  await expect.poll(() => server.requests.length).toBe(1);
  await expect.poll(() => stalled.text).toMatch(expected);
  // Other responses are sent later and arrive whole.
  for (let count = 0; count < 10; count += 1) expect(await (await fetch(server.url)).text()).toBe(json);
  expect(stalled.text).toMatch(expected);
  expect(stalled.ended).toBe("open");
});

test("truncate: the response is valid HTTP with JSON that does not parse", async () => {
  const server = await start([{ kind: "truncate" }], { response: jsonResponse });
  const response = await fetch(server.url);
  const text = await response.text();
  expect(text).toBe(json.slice(0, Math.floor(json.length / 2)));
  expect(response.headers.get("content-length")).toBe(String(text.length));
});

test("wrong-length: with a content-length that is too large, the body ends with an error", async () => {
  const server = await start([{ kind: "wrong-length", by: 10 }], { response: jsonResponse });
  const response = await fetch(server.url);
  expect(response.headers.get("content-length")).toBe(String(json.length + 10));
  expect(codeOf(await response.text().catch((thrown: unknown) => thrown))).toBe("UND_ERR_SOCKET");
});

test("wrong-length: with a content-length that is too small, the whole body is still sent", async () => {
  const server = await start([{ kind: "wrong-length", by: -5 }], { response: jsonResponse });
  const received = rawResponse(server.url);
  await expect.poll(() => received.ended).toBe("end");
  const { text } = received;
  expect(text).toContain(`content-length: ${json.length - 5}`);
  expect(text.endsWith(json)).toBe(true);
});

test("drip: the body is sent in chunks, with pauses between them", async () => {
  const server = await start([{ kind: "drip", chunkBytes: 200, everyMs: 30 }], { response: jsonResponse });
  const timers = countTimers(30);
  const response = await fetch(server.url);
  const sizes: number[] = [];
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) sizes.push(chunk.byteLength);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(200);
  expect(sizes.reduce((sum, size) => sum + size)).toBe(json.length);
  expect(timers()).toBe(Math.ceil(json.length / 200) - 1);
});

test("gzip-bomb: a small body decodes to JSON of exactly decodedBytes", async () => {
  const decodedBytes = 5 * 1024 * 1024 + 7;
  const server = await start([{ kind: "gzip-bomb", decodedBytes }]);
  const text = await (await fetch(server.url)).text();
  expect(text.length).toBe(decodedBytes);
  expect(JSON.parse(text)).toMatch(/^a+$/);
  const bomb = await start([{ kind: "gzip-bomb", decodedBytes }]);
  const received = rawResponse(bomb.url);
  // The end of a chunked body.
  await expect.poll(() => received.text).toMatch(/\r\n0\r\n\r\n$/);
  expect(received.text.length).toBeLessThan(20_000);
});

test("a client that disconnects during a gzip bomb or a drip ends it, and close() does not wait", async () => {
  const server = await start(
    [
      { kind: "gzip-bomb", decodedBytes: 2 ** 34 },
      { kind: "drip", chunkBytes: 1, everyMs: 600_000 },
    ],
    { response: jsonResponse },
  );
  const timers = countTimers(600_000);
  for (let index = 0; index < 2; index += 1) {
    const response = await fetch(server.url);
    await response.body?.cancel();
  }
  // The status is recorded when the response has ended.
  await expect.poll(() => server.requests.map(({ status }) => status)).toEqual([200, 200]);
  expect(timers()).toBe(1);
  await server.close();
});

test("a fault waits for a matching request, happens as often as it says, and is removed from the script", async () => {
  const server = await start([
    { kind: "response", status: 500, on: { method: "post", path: "/orders" }, times: 2 },
    { kind: "response", status: 418, on: { path: "/tea" }, times: Number.POSITIVE_INFINITY },
  ]);
  const status = async (method: string, path: string) => (await fetch(`${server.url}${path}`, { method })).status;
  expect(await status("GET", "/orders")).toBe(200);
  expect(await status("POST", "/orders")).toBe(500);
  expect(server.faults).toHaveLength(2);
  expect(await status("POST", "/orders")).toBe(500);
  expect(await status("POST", "/orders")).toBe(200);
  for (let index = 0; index < 3; index += 1) expect(await status("GET", "/tea")).toBe(418);
  expect(server.faults).toHaveLength(1);
});

test("a script and a response that are functions decide for each request", async () => {
  const server = await faultServer(
    (request) => (request.path === "/bad" ? { kind: "response", status: 500 } : undefined),
    {
      response: (request) => ({ body: { path: request.path } }),
    },
  );
  open.push(server);
  expect((await fetch(`${server.url}/bad`)).status).toBe(500);
  expect(await (await fetch(`${server.url}/good`)).json()).toEqual({ path: "/good" });
});

test("a server closes at the end of its `await using` block, with open connections", async () => {
  let url = "";
  {
    await using server = await faultServer([{ kind: "stall", after: "request" }]);
    url = server.url;
    const hanging = fetch(url).catch(() => undefined);
    while (server.requests.length === 0) await sleep(5);
    void hanging;
  }
  expect(codeOf(await fetch(url).catch((thrown: unknown) => thrown))).toBe("ECONNREFUSED");
});
