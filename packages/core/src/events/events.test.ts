import { describe, expect, test } from "vitest";
import { createAcme, secret } from "../../test/acme.js";
import { collect, eventServer, type ServeEvents, sse } from "../../test/event-server.js";
import type { ProviderProfile } from "../provider/profile.js";
import { type EventInit, events } from "./index.js";

const withEnd: Partial<ProviderProfile> = { events: { end: { text: "[DONE]", types: ["done"] }, error: ["error"] } };

async function receive(serve: ServeEvents, init: EventInit = {}, profile: Partial<ProviderProfile> = {}) {
  const server = await eventServer(serve);
  const acme = createAcme({ baseUrl: server.url, maxAttempts: 1 }, profile);
  return { ...(await collect(events(acme).request("POST", "/runs", init))), requests: server.requests };
}

test("the data of each event is parsed, and the request asks for events", async () => {
  const { seen, error, requests } = await receive((response) => response.end(sse({ a: 1 }, [2], "three", null)), {
    body: {},
  });
  expect({ seen, error }).toEqual({ seen: [{ a: 1 }, [2], "three", null], error: undefined });
  expect(requests[0]).toMatchObject({
    method: "POST",
    headers: { accept: "text/event-stream", authorization: `Bearer ${secret}` },
  });
});

test("a byte order mark is not part of the first line, and a character may arrive in two pieces", async () => {
  const bytes = Buffer.from('\uFEFFdata: "é"\n\n');
  const at = bytes.indexOf("é") + 1;
  const { seen } = await receive((response) => {
    response.write(bytes.subarray(0, at), () => setTimeout(() => response.end(bytes.subarray(at)), 5));
  });
  expect(seen).toEqual(["é"]);
});

test("digits of an id are not lost", async () => {
  const { seen } = await receive((response) => response.end('data: {"id":9007199254740993}\n\n'));
  expect(seen).toEqual([{ id: "9007199254740993" }]);
});

test("messages have type and id; the caller's own headers replace ours", async () => {
  const { url, requests } = await eventServer((response) => response.end("event: add\nid: 7\ndata: 1\n\ndata: 2\n\n"));
  const headers = { Accept: "text/event-stream; q=1", "x-mine": "1" };
  const stream = events(createAcme({ baseUrl: url })).GET("/runs", { headers });
  expect((await collect(stream.messages())).seen).toEqual([
    { type: "add", id: "7", data: 1 },
    { type: "message", id: "7", data: 2 },
  ]);
  expect(requests[0]?.headers).toMatchObject({ accept: "text/event-stream; q=1", "x-mine": "1" });
});

test("each iteration sends the call", async () => {
  const { url, requests } = await eventServer((response) => response.end(sse(1)));
  const stream = events(createAcme({ baseUrl: url })).GET("/runs");
  expect(requests).toHaveLength(0);
  await collect(stream);
  await collect(stream);
  expect(requests).toHaveLength(2);
});

test.each(["application/x-ndjson", "application/jsonl; charset=utf-8", "application/x-json-lines"])(
  "%s is read line by line",
  async (type) => {
    const { url } = await eventServer((response) => response.end('{"a":1}\n\n{"a":2}'), type);
    expect((await collect(events(createAcme({ baseUrl: url })).GET("/runs"))).seen).toEqual([{ a: 1 }, { a: 2 }]);
  },
);

test("the format can be named where the media type does not", async () => {
  const { url, requests } = await eventServer((response) => response.end('{"a":1}\n'), "application/octet-stream");
  const stream = events(createAcme({ baseUrl: url })).GET("/runs", { format: "ndjson" });
  expect((await collect(stream)).seen).toEqual([{ a: 1 }]);
  expect(requests[0]?.headers.accept).toBe("application/x-ndjson");
});

test("a response that is JSON throws, says what to do, and closes its connection", async () => {
  const { url } = await eventServer((response) => response.write('{"a":'), "application/json");
  const { error } = await collect(events(createAcme({ baseUrl: url })).request("POST", "/runs", { body: {} }));
  expect(error).toMatchObject({ name: "ResponseParseError", outcome: "applied" });
  expect((error as Error).message).toContain("expected events, got application/json");
  expect((error as Error).message).toContain("stream: true");
});

test("R64: data that is not JSON throws, unless it is read as text", async () => {
  const serve: ServeEvents = (response) => response.end("data: 1\n\ndata: hello\n\n");
  const { seen, error } = await receive(serve);
  expect(seen).toEqual([1]);
  expect(error).toMatchObject({ name: "ResponseParseError" });
  expect((error as Error).message).toContain('the data of event 2 is not JSON: pass `parse: "text"`');
  expect(await receive(serve, { parse: "text" })).toMatchObject({ seen: ["1", "hello"] });
});

test("an event that is longer than allowed throws", async () => {
  const { error } = await receive((response) => response.write(`data: ${"x".repeat(5_000)}`), {
    maxEventLength: 1_000,
  });
  expect(error).toMatchObject({ name: "ResponseTooLargeError" });
  expect((error as Error).message).toContain("raise `maxEventLength`");
});

describe("a stream ends", () => {
  test("after the text that ends it, which is not an event, though the connection stays open", async () => {
    const { seen, error } = await receive(
      (response) => response.write(`${sse(1)}data: [DONE]\n\n${sse(2)}`),
      {},
      withEnd,
    );
    expect({ seen, error }).toEqual({ seen: [1], error: undefined });
  });

  test.each([
    ["its field `event`", 'event: done\ndata: {"last":true}\n\n', { last: true }],
    ["its JSON", 'data: {"type":"done"}\n\n', { type: "done" }],
  ])("after an event of the last type, by %s, which is one", async (_, last, data) => {
    const { seen, error } = await receive((response) => response.write(`${sse(1)}${last}`), {}, withEnd);
    expect({ seen, error }).toEqual({ seen: [1, data], error: undefined });
  });

  test("R64: without it only where it was cut: NetworkError says how much arrived, and that the write was applied", async () => {
    const { seen, error } = await receive((response) => response.end(`id: 7\n${sse(1, 2)}`), {}, withEnd);
    expect(seen).toEqual([1, 2]);
    expect(error).toMatchObject({
      name: "NetworkError",
      received: 2,
      lastEventId: "7",
      outcome: "applied",
      maybeSent: true,
    });
    expect((error as Error).message).toBe(
      "POST /runs: the stream of events was cut after 2: the event that ends it is missing.",
    );
  });

  test("after any event where a call says so, or the profile says nothing", async () => {
    const serve: ServeEvents = (response) => response.end(sse(1));
    expect((await receive(serve, { end: false }, withEnd)).error).toBeUndefined();
    expect((await receive(serve)).error).toBeUndefined();
    expect((await receive(serve, { end: { text: "bye" } })).error).toMatchObject({ name: "NetworkError" });
  });

  test("R64: inside an event: NetworkError", async () => {
    const { seen, error } = await receive((response) => response.end(`${sse(1)}data: {"a":`));
    expect(seen).toEqual([1]);
    expect(error).toMatchObject({ name: "NetworkError", received: 1 });
    expect((error as Error).message).toContain("the body ended inside an event");
  });
});

describe("an event that reports an error", () => {
  const overloaded = { error: { code: "overloaded_error", message: "Overloaded" } };
  test.each([
    ["by its field `event`", `event: error\ndata: ${JSON.stringify(overloaded)}\n\n`],
    ["by the type in its JSON", sse({ type: "error", code: "overloaded_error", message: "Overloaded" })],
    ["by a member of its JSON", sse(overloaded)],
  ])("throws an ApiError, %s", async (_, text) => {
    const { seen, error } = await receive((response) => response.write(sse(1) + text), {}, withEnd);
    expect(seen).toEqual([1]);
    expect(error).toMatchObject({ name: "ApiError", code: "overloaded_error", outcome: "unknown" });
    expect((error as Error).message).toContain("Overloaded");
  });

  test("a member that is null is not one", async () => {
    const { seen, error } = await receive(
      (response) => response.write(sse({ error: null }, { type: "done" })),
      {},
      withEnd,
    );
    expect({ seen, error }).toEqual({ seen: [{ error: null }, { type: "done" }], error: undefined });
  });

  test("does not show the credential", async () => {
    const { error } = await receive((response) => response.end(sse({ type: "error", message: `bad key ${secret}` })));
    expect(JSON.stringify(error) + (error as Error).message).not.toContain(secret);
  });
});

test("an error response is the error of any call", async () => {
  const { error } = await receive((response) => {
    response.writeHead(400, { "content-type": "application/json" }).end('{"error":{"message":"No"}}');
  });
  expect(error).toMatchObject({ name: "BadRequestError", status: 400 });
});

test.each<[EventInit, string]>([
  [{ maxEventLength: 0 }, "events: maxEventLength must be an integer of at least 1, got 0"],
  [{ maxReconnects: -1 }, "events: maxReconnects must be an integer of at least 0, got -1"],
  [{ parse: "xml" as never }, "events: parse must be json or text, got xml"],
  [{ format: "xml" as never }, "events: format must be sse or ndjson, got xml"],
])("%j is refused before anything is sent", (init, message) => {
  expect(() => events(createAcme()).GET("/runs", init)).toThrow(message);
});
