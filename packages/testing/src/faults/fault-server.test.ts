import { createConnection } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
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
const answer = { body };
const whole = JSON.stringify(body);
const codeOf = (error: unknown) => ((error as Error).cause as { code?: string } | undefined)?.code;

/** What arrives on a bare socket until it is closed, or for a while. */
async function rawAnswer(url: string, forMs: number): Promise<{ readonly text: string; readonly ended: string }> {
  const { hostname, port } = new URL(url);
  const socket = createConnection(Number(port), hostname);
  let text = "";
  let ended = "open";
  socket.on("data", (chunk) => (text += chunk.toString("latin1")));
  socket.on("end", () => (ended = "end"));
  socket.on("error", (error) => (ended = (error as NodeJS.ErrnoException).code ?? "error"));
  socket.write(`GET / HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
  await sleep(forMs);
  socket.destroy();
  return { text, ended };
}

test("without faults it answers soundly and records method, path, query, headers and body", async () => {
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

test("a credential can be read from a record, and shows in neither JSON nor inspect", async () => {
  const server = await start([]);
  await fetch(server.url, { headers: { authorization: "Bearer sk_canary_12345", "x-api-key": "sk_canary_12345" } });
  const [request] = server.requests;
  expect(request?.headers.authorization).toBe("Bearer sk_canary_12345");
  const { inspect } = await import("node:util");
  expect(JSON.stringify(request) + inspect(request, { depth: 9 })).not.toContain("sk_canary_12345");
});

test("answers another thing in its place: 503, 429 with Retry-After, an HTML 502, an empty 204", async () => {
  const server = await start([
    { kind: "answer", status: 503, body: { error: "down" } },
    { kind: "answer", status: 429, headers: { "Retry-After": "2" } },
    { kind: "answer", status: 502, headers: { "content-type": "text/html" }, body: "<h1>Bad Gateway</h1>" },
    { kind: "answer", status: 204 },
  ]);
  const seen = [];
  for (let index = 0; index < 5; index += 1) {
    const response = await fetch(server.url);
    seen.push([
      response.status,
      response.headers.get("retry-after"),
      response.headers.get("content-type"),
      await response.text(),
    ]);
  }
  expect(seen).toEqual([
    [503, null, "application/json", '{"error":"down"}'],
    [429, "2", null, ""],
    [502, null, "text/html", "<h1>Bad Gateway</h1>"],
    [204, null, null, ""],
    [200, null, "application/json", '{"ok":true}'],
  ]);
});

test("latency: the right answer, not before its time", async () => {
  const server = await start([{ kind: "latency", delayMs: 80 }], { answer });
  const before = performance.now();
  expect(await (await fetch(server.url)).json()).toEqual(body);
  expect(performance.now() - before).toBeGreaterThanOrEqual(79);
});

test("reset before headers: fetch fails with ECONNRESET and no status is recorded", async () => {
  const server = await start([{ kind: "reset", after: "request" }]);
  const error = await fetch(server.url).catch((thrown: unknown) => thrown);
  expect(codeOf(error)).toBe("ECONNRESET");
  expect(server.requests).toMatchObject([{ status: undefined }]);
});

test.each([
  ["headers", 0],
  ["half-body", Math.ceil(whole.length / 2)],
] as const)(
  "reset after %s: the answer begins, and its body ends after %i bytes with an error",
  async (after, bytes) => {
    const server = await start([{ kind: "reset", after }], { answer });
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

test("an answer without a body cannot be cut in half: it is cut before its headers", async () => {
  const server = await start([{ kind: "reset", after: "half-body" }], { answer: { status: 204 } });
  expect(codeOf(await fetch(server.url).catch((thrown: unknown) => thrown))).toBe("ECONNRESET");
});

test.each([
  ["request", /^$/],
  ["headers", /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n$/],
  ["half-body", /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n\{"id":"cus_1"[^}]*$/],
] as const)("stall after %s: the connection stays open, and nothing more comes", async (after, expected) => {
  const server = await start([{ kind: "stall", after }], { answer });
  const { text, ended } = await rawAnswer(server.url, 150);
  expect(text).toMatch(expected);
  expect(ended).toBe("open");
});

test("truncate: sound HTTP around JSON that does not parse", async () => {
  const server = await start([{ kind: "truncate" }], { answer });
  const response = await fetch(server.url);
  const text = await response.text();
  expect(text).toBe(whole.slice(0, Math.floor(whole.length / 2)));
  expect(response.headers.get("content-length")).toBe(String(text.length));
});

test("wrong-length: too much is promised, and the body ends with an error", async () => {
  const server = await start([{ kind: "wrong-length", by: 10 }], { answer });
  const response = await fetch(server.url);
  expect(response.headers.get("content-length")).toBe(String(whole.length + 10));
  expect(codeOf(await response.text().catch((thrown: unknown) => thrown))).toBe("UND_ERR_SOCKET");
});

test("wrong-length: too little is promised, and what is beyond it is on the wire", async () => {
  const server = await start([{ kind: "wrong-length", by: -5 }], { answer });
  const { text, ended } = await rawAnswer(server.url, 150);
  expect(text).toContain(`content-length: ${whole.length - 5}`);
  expect(text.endsWith(whole)).toBe(true);
  expect(ended).toBe("end");
});

test("drip: the body comes in pieces, with pauses between them", async () => {
  const server = await start([{ kind: "drip", chunkBytes: 200, everyMs: 30 }], { answer });
  const before = performance.now();
  const response = await fetch(server.url);
  const sizes: number[] = [];
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) sizes.push(chunk.byteLength);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(200);
  expect(sizes.reduce((sum, size) => sum + size)).toBe(whole.length);
  expect(performance.now() - before).toBeGreaterThanOrEqual(2 * 29);
});

test("gzip-bomb: a small body decodes to JSON of exactly the size asked for", async () => {
  const decodedBytes = 5 * 1024 * 1024 + 7;
  const server = await start([{ kind: "gzip-bomb", decodedBytes }]);
  const text = await (await fetch(server.url)).text();
  expect(text.length).toBe(decodedBytes);
  expect(JSON.parse(text)).toMatch(/^a+$/);
  const bomb = await start([{ kind: "gzip-bomb", decodedBytes }]);
  expect((await rawAnswer(bomb.url, 200)).text.length).toBeLessThan(20_000);
});

test("a client that leaves in the middle of a bomb or a drip stops it, and close() is not held up", async () => {
  const server = await start(
    [
      { kind: "gzip-bomb", decodedBytes: 2 ** 34 },
      { kind: "drip", chunkBytes: 1, everyMs: 50 },
    ],
    { answer },
  );
  for (let index = 0; index < 2; index += 1) {
    const response = await fetch(server.url);
    await response.body?.cancel();
  }
  const before = performance.now();
  await server.close();
  expect(performance.now() - before).toBeLessThan(1_000);
});

test("a fault waits for the request that it is for, strikes as often as it says, and leaves the script", async () => {
  const server = await start([
    { kind: "answer", status: 500, on: { method: "post", path: "/orders" }, times: 2 },
    { kind: "answer", status: 418, on: { path: "/tea" }, times: Number.POSITIVE_INFINITY },
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

test("a function as the script decides for each request, and the answer may depend on it too", async () => {
  const server = await faultServer(
    (request) => (request.path === "/bad" ? { kind: "answer", status: 500 } : undefined),
    {
      answer: (request) => ({ body: { path: request.path } }),
    },
  );
  open.push(server);
  expect((await fetch(`${server.url}/bad`)).status).toBe(500);
  expect(await (await fetch(`${server.url}/good`)).json()).toEqual({ path: "/good" });
});

test("closes itself at the end of its block, with connections that hang", async () => {
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
