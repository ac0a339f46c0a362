import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve, serveWith } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { TimeoutError } from "../errors/timeout-error.js";

const lines = "x".repeat(100);

test("the bytes of an answer arrive as they come", async () => {
  const server = await serve([{ kind: "drip", chunkBytes: 50, everyMs: 20 }], { body: lines });
  const { data, response } = await createAcme({ baseUrl: server.url }).stream.GET("/things");
  const chunks: number[] = [];
  for await (const chunk of data) chunks.push(chunk.length);
  expect(chunks).toEqual([50, 50]);
  expect(response).toMatchObject({ status: 200, attempts: [{ number: 1 }] });
});

test("retry goes on until the first byte, and errors are errors", async () => {
  const server = await serve([
    { kind: "answer", status: 503 },
    { kind: "answer", status: 404, body: { error: { message: "gone" } } },
  ]);
  const error = await rejection(createAcme({ baseUrl: server.url, random: () => 0 }).stream.GET("/things"));
  expect(error).toMatchObject({ name: "NotFoundError", body: { error: { message: "gone" } } });
});

test("an answer without a body is a stream without bytes", async () => {
  const server = await serveWith(() => ({ status: 204 }));
  const { data } = await createAcme({ baseUrl: server.url }).stream.GET("/things");
  expect(await new Response(data).text()).toBe("");
});

test("it has no cap, and outlives deadline and attempt timeout once it flows", async () => {
  const server = await serve([{ kind: "drip", chunkBytes: 20, everyMs: 30 }], { body: lines });
  const { data } = await createAcme({ baseUrl: server.url }).stream.GET("/things", {
    deadlineMs: 60,
    attemptTimeoutMs: 60,
    maxResponseBytes: 10,
  });
  expect(await new Response(data).text()).toBe(lines);
});

test("silence for idleTimeoutMs ends it with a TimeoutError, and the connection with it", async () => {
  const server = await serve([{ kind: "stall", after: "half-body" }], { body: lines });
  const { data } = await createAcme({ baseUrl: server.url }).stream.GET("/things", { idleTimeoutMs: 40 });
  const reader = data.getReader();
  expect((await reader.read()).value).toHaveLength(50);
  const startedAt = performance.now();
  const error = await rejection<TimeoutError>(reader.read());
  expect(performance.now() - startedAt).toBeGreaterThan(25);
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({ limit: "idle", limitMs: 40, operation: "GET /things" });
});

test("a reader that takes its time is not silence of the provider", async () => {
  const server = await serve([], { body: lines });
  const { data } = await createAcme({ baseUrl: server.url }).stream.GET("/things", { idleTimeoutMs: 20 });
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(await new Response(data).text()).toBe(lines);
});

test("R9: an abort in the middle ends it with the signal's reason", async () => {
  const server = await serve([{ kind: "stall", after: "half-body" }], { body: lines });
  const controller = new AbortController();
  const { data } = await createAcme({ baseUrl: server.url }).stream.GET("/things", { signal: controller.signal });
  const reader = data.getReader();
  await reader.read();
  const error = rejection(reader.read());
  const startedAt = performance.now();
  controller.abort("enough");
  expect(await error).toBe("enough");
  expect(performance.now() - startedAt).toBeLessThan(20);
});

describe("a stream holds its slot", () => {
  const opened = async (signal?: AbortSignal) => {
    const server = await serve([{ kind: "stall", after: "half-body" }], { body: lines });
    const acme = createAcme({ baseUrl: server.url, concurrency: 1 });
    const { data } = await acme.stream.GET("/things", { signal });
    const second = acme.GET("/others");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(server.requests).toHaveLength(1);
    return { data, second };
  };

  test("until it is cancelled", async () => {
    const { data, second } = await opened();
    await data.cancel();
    expect((await second).response.status).toBe(200);
  });

  test("until its call is aborted, even where no one reads it", async () => {
    const controller = new AbortController();
    const { second } = await opened(controller.signal);
    controller.abort();
    expect((await second).response.status).toBe(200);
  });

  test("until it was read to its end", async () => {
    const server = await serve([], { body: lines });
    const acme = createAcme({ baseUrl: server.url, concurrency: 1 });
    const { data } = await acme.stream.GET("/things");
    const second = acme.GET("/others");
    expect(await new Response(data).text()).toBe(lines);
    expect((await second).response.status).toBe(200);
  });
});

test("R10: a stream that is over leaves no listener on its signal", async () => {
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

test("an answer that comes after the abort, from a fetch that ignores its signal, holds no slot", async () => {
  let answer: (response: Response) => void = () => {};
  const { fetch, requests } = stubFetch((_, count) =>
    count > 1 ? new Response("{}") : new Promise<Response>((resolve) => (answer = resolve)),
  );
  const acme = createAcme({ fetch, concurrency: 1 });
  const controller = new AbortController();
  const first = rejection(acme.stream.GET("/things", { signal: controller.signal }));
  await expect.poll(() => requests.length).toBe(1);
  controller.abort("enough");
  expect(await first).toBe("enough");
  answer(new Response(lines));
  expect((await acme.GET("/others", { deadlineMs: 1_000 })).response.status).toBe(200);
});
