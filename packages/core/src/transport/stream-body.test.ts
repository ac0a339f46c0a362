import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { fakeClock } from "@connectry/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { deferred } from "../../test/deferred.js";
import { serve, serveWith } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { TimeoutError } from "../errors/call-errors.js";

const lines = "x".repeat(100);
const any = { response: "any" } as const;
const linesFacts = { operations: { "GET /others": any, "GET /overtakes": any } };

/** A server that sends half of the body, and the other half when `go` is called. `isClosed` says that its client left. */
async function serveHalves() {
  const { opened, go } = deferred();
  let isClosed = false;
  const server = createServer((_, response) => {
    response.on("close", () => {
      isClosed = true;
    });
    response.writeHead(200, { "content-type": "text/plain", "content-length": lines.length });
    response.write(lines.slice(0, 50));
    void opened.then(() => response.end(lines.slice(50)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, go, isClosed: () => isClosed };
}

test("the bytes of a stream arrive as the provider sends them", async () => {
  const { url, go } = await serveHalves();
  const { data, response } = await createAcme({ baseUrl: url }).stream.GET("/things");
  const reader = data.getReader();
  expect((await reader.read()).value).toHaveLength(50);
  go();
  expect((await reader.read()).value).toHaveLength(50);
  expect((await reader.read()).done).toBe(true);
  expect(response).toMatchObject({ status: 200, attempts: [{ number: 1 }] });
});

test("a stream is retried until a response succeeds, and an error response is thrown with its body", async () => {
  const server = await serve([
    { kind: "response", status: 503 },
    { kind: "response", status: 404, body: { error: { message: "gone" } } },
  ]);
  const error = await rejection(createAcme({ baseUrl: server.url, random: () => 0 }).stream.GET("/things"));
  expect(error).toMatchObject({ name: "NotFoundError", body: { error: { message: "gone" } } });
});

test("a response without a body is a stream without bytes", async () => {
  const server = await serveWith(() => ({ status: 204 }));
  const { data } = await createAcme({ baseUrl: server.url }).stream.GET("/things");
  expect(await new Response(data).text()).toBe("");
});

test("a stream has no size limit, and continues after deadline and attempt timeout", async () => {
  const clock = fakeClock();
  const { url, go } = await serveHalves();
  const { data } = await createAcme({ baseUrl: url, clock }).stream.GET("/things", {
    deadlineMs: 60,
    attemptTimeoutMs: 60,
    maxResponseBytes: 10,
  });
  await clock.advance(1_000);
  go();
  expect(await new Response(data).text()).toBe(lines);
});

test("R61: a read that waits for idleTimeoutMs ends the stream with a TimeoutError, and closes the connection", async () => {
  const clock = fakeClock();
  const { url, isClosed } = await serveHalves();
  const { data } = await createAcme({ baseUrl: url, clock }).stream.GET("/things", { idleTimeoutMs: 40 });
  const reader = data.getReader();
  expect((await reader.read()).value).toHaveLength(50);
  let isOver = false;
  const error = rejection<TimeoutError>(reader.read()).finally(() => {
    isOver = true;
  });
  await clock.advance(39);
  expect([isOver, isClosed()]).toEqual([false, false]);
  // A read does not see the limit: the 10 ms in which work may report its own error pass first.
  await clock.advance(11);
  expect(isOver).toBe(true);
  expect(await error).toBeInstanceOf(TimeoutError);
  expect(await error).toMatchObject({ limit: "idle", limitMs: 40, operation: "GET /things" });
  await expect.poll(isClosed).toBe(true);
});

test("R61: a stream that is not read for idleTimeoutMs ends with a TimeoutError, and releases its slot and its connection", async () => {
  const clock = fakeClock();
  const { url, isClosed } = await serveHalves();
  const acme = createAcme({ baseUrl: url, clock, concurrency: 1 });
  const { data } = await acme.stream.GET("/things", { idleTimeoutMs: 40 });
  const reader = data.getReader();
  await reader.read();
  const second = acme.stream.GET("/others");
  await clock.advance(40);
  await expect.poll(isClosed).toBe(true);
  expect(await rejection(reader.read())).toMatchObject({ name: "TimeoutError", limit: "idle", limitMs: 40 });
  expect((await second).response.status).toBe(200);
});

test("each read begins the limit anew, so that a reader may take its time", async () => {
  const clock = fakeClock();
  const { url, go } = await serveHalves();
  const { data } = await createAcme({ baseUrl: url, clock }).stream.GET("/things", { idleTimeoutMs: 40 });
  const reader = data.getReader();
  await reader.read();
  await clock.advance(39);
  const next = reader.read();
  await clock.advance(39);
  go();
  expect((await next).value).toHaveLength(50);
});

test("a stream whose connection is reset rejects with a NetworkError", async () => {
  const server = await serve([{ kind: "reset", after: "half-body" }], { body: lines });
  const { data } = await createAcme({ baseUrl: server.url }).stream.GET("/things");
  const error = await rejection(new Response(data).text());
  expect(error).toMatchObject({ name: "NetworkError", operation: "GET /things", maybeSent: true });
});

test("R9: an abort ends a stream without any wait, with the signal's reason", async () => {
  const clock = fakeClock();
  const server = await serve([{ kind: "stall", after: "half-body" }], { body: lines });
  const controller = new AbortController();
  const acme = createAcme({ baseUrl: server.url, clock });
  const { data } = await acme.stream.GET("/things", { signal: controller.signal });
  const reader = data.getReader();
  await reader.read();
  const error = rejection(reader.read());
  controller.abort("enough");
  // The clock does not move: an end that waited for a timer would never come.
  expect(await error).toBe("enough");
});

describe("a stream occupies its slot", () => {
  const opened = async (signal?: AbortSignal) => {
    const server = await serve([{ kind: "stall", after: "half-body" }], { body: lines });
    const acme = createAcme({ baseUrl: server.url, concurrency: 1 }, {}, linesFacts);
    const { data } = await acme.stream.GET("/things", { signal });
    const second = acme.GET("/others");
    await nextTurn();
    // A request of another client overtakes the second call, which is queued.
    await createAcme({ baseUrl: server.url }, {}, linesFacts).GET("/overtakes");
    expect(server.requests.map(({ path }) => path)).toEqual(["/things", "/overtakes"]);
    return { data, second };
  };

  test("until it is cancelled", async () => {
    const { data, second } = await opened();
    await data.cancel();
    expect((await second).response.status).toBe(200);
  });

  test("until its call is aborted, even where nobody reads it", async () => {
    const controller = new AbortController();
    const { second } = await opened(controller.signal);
    controller.abort();
    expect((await second).response.status).toBe(200);
  });

  test("until it is read to its end", async () => {
    const server = await serve([], { body: lines });
    const acme = createAcme({ baseUrl: server.url, concurrency: 1 }, {}, linesFacts);
    const { data } = await acme.stream.GET("/things");
    const second = acme.GET("/others");
    expect(await new Response(data).text()).toBe(lines);
    expect((await second).response.status).toBe(200);
  });
});

test("R10: a stream that has ended leaves no listener on its signal", async () => {
  const server = await serve([], { body: lines });
  const { signal } = new AbortController();
  const acme = createAcme({ baseUrl: server.url });
  let listeners = 0;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...given: Parameters<typeof addEventListener>) => {
    listeners += 1;
    addEventListener.apply(signal, given);
  };
  signal.removeEventListener = (...given: Parameters<typeof removeEventListener>) => {
    listeners -= 1;
    removeEventListener.apply(signal, given);
  };
  await new Response((await acme.stream.GET("/things", { signal })).data).text();
  await (await acme.stream.GET("/things", { signal })).data.cancel();
  await expect.poll(() => listeners).toBe(0);
});

test("a response that arrives after the abort, because fetch ignores its signal, occupies no slot", async () => {
  let respond: (response: Response) => void = () => {};
  const { fetch, requests } = stubFetch((_, count) =>
    count > 1 ? new Response("{}") : new Promise<Response>((resolve) => (respond = resolve)),
  );
  const acme = createAcme({ fetch, concurrency: 1 });
  const controller = new AbortController();
  const first = rejection(acme.stream.GET("/things", { signal: controller.signal }));
  await expect.poll(() => requests.length).toBe(1);
  controller.abort("enough");
  expect(await first).toBe("enough");
  respond(new Response(lines));
  expect((await acme.GET("/others", { deadlineMs: 1_000 })).response.status).toBe(200);
});
