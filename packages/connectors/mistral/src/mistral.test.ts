import type { Call } from "@connectry/core";
import { events } from "@connectry/core/events";
import { type FaultServer, faultServer } from "@connectry/testing";
import { afterEach, beforeEach, expect, expectTypeOf, test } from "vitest";
import type { CompletionChunk, ResponseDoneEvent, StreamEventSsePayload } from "./generated/types.js";
import { createMistral } from "./index.js";

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer([], { response: { body: { object: "list", data: [] } } });
});
afterEach(() => server.close());

const create = (options: Parameters<typeof createMistral>[0] = {}) =>
  createMistral({ auth: "mistral-test-key", baseUrl: server.url, random: () => 0, ...options });
const stream = (...lines: readonly string[]) =>
  ({
    kind: "response",
    status: 200,
    headers: { "content-type": "text/event-stream", "mistral-correlation-id": "c-1" },
    body: lines.map((line) => `${line}\n\n`).join(""),
  }) as const;
const named = (type: string, more = "") => `event: ${type}\ndata: {"type":"${type}"${more}}`;
const messages = [{ role: "user" as const, content: "hi" }];
const completion = { model: "devstral-latest", messages, stream: true as const };

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

test("the stream of a completion ends with [DONE], and one that is cut before it is an error", async () => {
  // tests/backend/data/mistral.py of https://github.com/mistralai/mistral-vibe
  const chunk =
    'data: {"id":"fake_id_1234","object":"chat.completion.chunk","created":1234567890,"model":"devstral-latest","choices":[{"index":0,"delta":{"content":"Some content"},"finish_reason":null}],"p":"abcde"}';
  server.faults.push(stream(chunk, "data: [DONE]"), stream(chunk));
  const mistral = events(create());
  const chunks = await collect(mistral.POST("/v1/chat/completions", { body: completion }));
  expectTypeOf(chunks).toEqualTypeOf<CompletionChunk[]>();
  expect(chunks.map(({ choices }) => choices[0]?.delta.content)).toEqual(["Some content"]);
  const cut = mistral.POST("/v1/fim/completions", { body: { model: "codestral-latest", prompt: "a", stream: true } });
  await expect(collect(cut)).rejects.toMatchObject({ name: "NetworkError", received: 1 });
});

test("the stream of a conversation ends with its last event, and its event of an error is thrown", async () => {
  // https://docs.mistral.ai/studio/agents/agents-api, and ResponseErrorEvent of the document
  const id = '"output_index":1,"id":"msg_067f2a9925d674ea8000e63c68ae0474","content_index":0';
  server.faults.push(
    stream(
      named("conversation.response.started", ',"conversation_id":"conv_067f2a98c1a773678000ce73a36b785a"'),
      named("message.output.delta", `,${id},"role":"assistant","content":"The"`),
      named("conversation.response.done", ',"usage":{"prompt_tokens":18709,"total_tokens":18892}'),
    ),
    stream(
      named("conversation.response.started"),
      named("conversation.response.error", ',"message":"rejected","code":400'),
    ),
  );
  const mistral = events(create());
  const body = { inputs: "Who is Albert Einstein?", agent_id: "ag_1", stream: true as const };
  const whole = await collect(mistral.POST("/v1/conversations#stream", { body }));
  const contents = whole.flatMap((event) => (event.type === "message.output.delta" ? [event.content] : []));
  expect(contents).toEqual(["The"]);
  expectTypeOf<
    Extract<(typeof whole)[number], { type: "conversation.response.done" }>
  >().toEqualTypeOf<ResponseDoneEvent>();
  const failed = mistral.POST("/v1/conversations#stream", { body });
  await expect(collect(failed)).rejects.toMatchObject({ message: expect.stringContaining("rejected"), code: "400" });
  expect(server.requests.map(({ path }) => path)).toEqual(["/v1/conversations", "/v1/conversations"]);
});

test("a stream of speech ends with the field of its last event, whose JSON has no type", async () => {
  // https://docs.mistral.ai/studio/audio/text_to_speech/speech
  server.faults.push(
    stream(
      'event: speech.audio.delta\ndata: {"audio_data":"AAAA"}',
      'event: speech.audio.done\ndata: {"usage":{"prompt_tokens":56,"completion_tokens":94080,"total_tokens":94136}}',
    ),
  );
  const body = { model: "voxtral-mini-tts-2603", input: "Hi", voice_id: "v_1", stream: true as const };
  expect(await collect(events(create()).POST("/v1/audio/speech", { body }))).toHaveLength(2);
});

test("a stream of a workflow may end after any event, continues after the last one, and has exact times", async () => {
  // https://docs.mistral.ai/studio/workflows/building-workflows/consuming_events
  const event = (sequence: number, timestamp: string) =>
    `id: ${sequence}\ndata: {"stream":"token","broker_sequence":${sequence},"timestamp":"2025-01-15T10:30:00Z","data":{"event_type":"CUSTOM_TASK_IN_PROGRESS","event_timestamp":${timestamp}},"workflow_context":{}}`;
  const second = event(2, "1736938200000000002");
  const cut = `${event(1, "1736938200000000001")}\n\n${second}`;
  server.faults.push({ ...stream(), body: cut }, stream(second));
  const path = { execution_id: "abc123" };
  const mistral = events(create());
  const all = await collect(
    mistral.GET("/v1/workflows/executions/{execution_id}/stream", { params: { path }, end: false }),
  );
  expectTypeOf(all).toEqualTypeOf<StreamEventSsePayload[]>();
  expect(all.map(({ data }) => data.event_timestamp)).toEqual(["1736938200000000001", "1736938200000000002"]);
  expect(server.requests.map(({ headers }) => headers["last-event-id"])).toEqual([undefined, "1"]);
});

test("searches and embeddings are POSTs that read, and a completion is sent once", async () => {
  const mistral = create();
  server.faults.push({ kind: "response", status: 503 });
  await mistral.POST("/v1/embeddings", { body: { model: "mistral-embed", input: ["a"] } });
  server.faults.push({ kind: "response", status: 503 });
  const body = { search_params: { filters: null } };
  await mistral.POST("/v1/observability/chat-completion-events/search", { body });
  expect(server.requests).toHaveLength(4);
  server.faults.push({ kind: "response", status: 503 });
  const { error } = await mistral.safe.POST("/v1/chat/completions", { body: { ...completion, stream: false } });
  expect(error).toMatchObject({ name: "InternalServerError", outcome: "unknown" });
  expect(server.requests).toHaveLength(5);
});

test("a 429 is sent again for any operation, unless the key has no allowance", async () => {
  const limited = (limit: string) =>
    ({
      kind: "response",
      status: 429,
      headers: { "retry-after": "0", "x-ratelimit-limit-req-minute": limit },
      body: { object: "error", message: "Rate limit exceeded", type: "rate_limited", param: null, code: "1300" },
    }) as const;
  const mistral = create();
  const body = { ...completion, stream: false };
  server.faults.push(limited("60"));
  await mistral.POST("/v1/chat/completions", { body });
  expect(server.requests).toHaveLength(2);
  server.faults.push(limited("0"));
  const { error } = await mistral.safe.POST("/v1/chat/completions", { body });
  expect(error).toMatchObject({ name: "RateLimitError", code: "1300" });
  expect(server.requests).toHaveLength(3);
});

test("an error of observability has its code, and the id of the request", async () => {
  const body = { detail: { message: "Dataset not found", error_code: "DATASET_NOT_FOUND" } };
  const headers = { "mistral-correlation-id": "019c6f45-6523-7b29-a0d1-2e9d64650277" };
  server.faults.push({ kind: "response", status: 404, headers, body });
  const path = { dataset_id: "00000000-0000-4000-8000-000000000000" };
  const { error } = await create().safe.GET("/v1/observability/datasets/{dataset_id}", { params: { path } });
  expect(error).toMatchObject({ code: "DATASET_NOT_FOUND", requestId: headers["mistral-correlation-id"] });
  expect(error?.message).toContain("Dataset not found");
});

test("an environment has a host of its own, and metadata in a query are JSON", async () => {
  const urls: string[] = [];
  const transport = async ({ url }: Call) => {
    urls.push(url);
    return { status: 200, headers: new Headers(), body: [new TextEncoder().encode("[]")] };
  };
  for (const environment of ["global", "eu", "us"] as const)
    await createMistral({ auth: "k", environment, transport }).GET("/v1/conversations", {
      params: { query: { metadata: { team: "a" } } },
    });
  const path = "/v1/conversations?metadata=%7B%22team%22%3A%22a%22%7D";
  expect(urls).toEqual(["", "eu.", "us."].map((region) => `https://api.${region}mistral.ai${path}`));
});
