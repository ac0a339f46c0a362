import { events } from "@connectry/core/events";
import { type FaultServer, fakeClock, faultServer } from "@connectry/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createOpenai } from "./index.js";

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer([], { response: { body: { object: "list", data: [] } } });
});
afterEach(() => server.close());

const create = (options: Parameters<typeof createOpenai>[0] = {}) =>
  createOpenai({ auth: "sk-test_1", baseUrl: server.url, ...options });
const stream = (...lines: readonly string[]) =>
  ({
    kind: "response",
    status: 200,
    headers: { "content-type": "text/event-stream" },
    body: lines.map((line) => `${line}\n\n`).join(""),
  }) as const;
const body = { model: "gpt-4o-mini", messages: [{ role: "user" as const, content: "Hi" }], stream: true as const };

async function collect(messages: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const message of messages) all.push(message);
  return all;
}

test("the stream of a completion ends with [DONE], and one that is cut before it is an error", async () => {
  const chunk = 'data: {"id":"c1","object":"chat.completion.chunk","choices":[{"delta":{"content":"Hi"}}]}';
  server.faults.push(stream(chunk, "data: [DONE]"), stream(chunk));
  const openai = events(create());
  const whole = openai.POST("/chat/completions", { body });
  expect(await collect(whole)).toMatchObject([{ choices: [{ delta: { content: "Hi" } }] }]);
  const cut = openai.POST("/chat/completions", { body });
  await expect(collect(cut)).rejects.toMatchObject({ name: "NetworkError", received: 1 });
});

test("the stream of a response ends with its last event, and an event `error` is thrown", async () => {
  const named = (type: string, more = "") => `event: ${type}\ndata: {"type":"${type}"${more}}`;
  server.faults.push(
    stream(named("response.created"), named("response.completed")),
    // https://github.com/openai/openai-node tests/lib/ResponseStream.test.ts
    stream(named("response.created"), named("error", ',"error":{"code":"rate_limit_exceeded","message":"rejected"}')),
  );
  const openai = events(create());
  const input = { model: "gpt-4o-mini", input: "Hi", stream: true } as const;
  const whole = openai.POST("/responses", { body: input });
  expect(await collect(whole)).toMatchObject([{ type: "response.created" }, { type: "response.completed" }]);
  const failed = openai.POST("/responses", { body: input });
  await expect(collect(failed)).rejects.toThrow("rejected");
});

// https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers
const quotas = (remaining: { readonly requests: string; readonly tokens: string }) => ({
  "x-ratelimit-limit-requests": "60",
  "x-ratelimit-limit-tokens": "150000",
  "x-ratelimit-remaining-requests": remaining.requests,
  "x-ratelimit-remaining-tokens": remaining.tokens,
  "x-ratelimit-reset-requests": "1s",
  "x-ratelimit-reset-tokens": "6m0s",
});

test.each([
  ["requests", { requests: "0", tokens: "149984" }, 1_000],
  ["tokens", { requests: "59", tokens: "0" }, 360_000],
] as const)(
  "a quota of %s that is used up is waited for, as long as its duration says",
  async (_, remaining, waitMs) => {
    const clock = fakeClock();
    const openai = create({ clock, deadlineMs: 600_000 });
    server.faults.push({
      kind: "response",
      status: 200,
      headers: quotas(remaining),
      body: { object: "list", data: [] },
    });
    await openai.GET("/models");
    let done = false;
    const next = openai.GET("/models").then(() => {
      done = true;
    });
    await clock.advance(waitMs - 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([done, server.requests.length]).toEqual([false, 1]);
    await clock.advance(waitMs);
    await next;
    expect(server.requests).toHaveLength(2);
  },
);

test("projects have quotas of their own", async () => {
  const openai = create({ clock: fakeClock() });
  const headers = quotas({ requests: "0", tokens: "0" });
  server.faults.push({ kind: "response", status: 200, headers, body: { object: "list", data: [] } });
  await openai.GET("/models", { headers: { "openai-project": "proj_a" } });
  await openai.GET("/models", { headers: { "openai-project": "proj_b" } });
  expect(server.requests.map(({ headers: sent }) => sent["openai-project"])).toEqual(["proj_a", "proj_b"]);
});

test("x-should-retry decides about a retry, and a write without it is sent once", async () => {
  const openai = create({ random: () => 0 });
  server.faults.push({ kind: "response", status: 503, headers: { "x-should-retry": "false" }, times: 2 });
  expect((await openai.safe.GET("/models")).error?.attempts).toHaveLength(1);
  server.faults.length = 0;
  server.faults.push({ kind: "response", status: 500, times: 1 });
  const { error } = await openai.safe.POST("/responses", { body: { model: "gpt-4o-mini", input: "Hi" } });
  expect(error).toMatchObject({ status: 500, outcome: "unknown" });
});
