import Anthropic from "@anthropic-ai/sdk";
import OpenAI, { toFile } from "openai";
import { describe, expect, test } from "vitest";
import { allStrategies, createConnector, type ProviderProfile, toFetch } from "../../../src/index.js";
import { noFacts } from "../../acme.js";
import { rejection } from "../../call.js";
import { serveEvents } from "../../event-stream.js";
import { serve, serveWith } from "../../serve.js";

const key = "sk-test-4eC39HqLyjWDarjtT1zdp7dc";
const errors = { message: ["error", "message"] };

function connect(profile: ProviderProfile, baseUrl: string) {
  return createConnector({ profile, facts: noFacts, strategies: allStrategies(profile) }, { auth: key, baseUrl });
}

const openaiProfile: ProviderProfile = {
  id: "openai",
  name: "OpenAI",
  baseUrl: "https://api.openai.com/v1",
  auth: { kind: "bearer", env: "OPENAI_API_KEY" },
  body: "json",
  errors,
};
const anthropicProfile: ProviderProfile = {
  id: "anthropic",
  name: "Anthropic",
  baseUrl: "https://api.anthropic.com",
  auth: { kind: "header", name: "x-api-key", env: "ANTHROPIC_API_KEY" },
  body: "json",
  errors,
};

/** Official clients with their own default address, which leads to the connector's base URL. */
const clients = {
  openai: (baseUrl: string, maxRetries = 0) =>
    new OpenAI({ apiKey: key, fetch: toFetch(connect(openaiProfile, baseUrl)), maxRetries }),
  anthropic: (baseUrl: string, maxRetries = 0) =>
    new Anthropic({ apiKey: key, fetch: toFetch(connect(anthropicProfile, baseUrl)), maxRetries }),
};

// https://platform.openai.com/docs/api-reference/chat-streaming
const openaiEvents = ["Hel", "lo", "!"].map(
  (content) =>
    `data: ${JSON.stringify({ id: "c1", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`,
);
// https://docs.anthropic.com/en/api/messages-streaming
const anthropicEvents = ["Hel", "lo", "!"].map(
  (text) =>
    `event: content_block_delta\ndata: ${JSON.stringify({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } })}\n\n`,
);

const messages = [{ role: "user" as const, content: "Hi" }];

/** The texts of a completion as it arrives, by each official client. */
const streams = {
  async openai(baseUrl: string) {
    const stream = await clients.openai(baseUrl).chat.completions.create({ model: "m", messages, stream: true });
    return { stream, textOf: (event: unknown) => (event as OpenAI.ChatCompletionChunk).choices[0]?.delta.content };
  },
  async anthropic(baseUrl: string) {
    const request = { model: "m", max_tokens: 9, messages, stream: true } as const;
    const stream = await clients.anthropic(baseUrl).messages.create(request);
    return {
      stream,
      textOf: (event: unknown) => ((event as Anthropic.RawContentBlockDeltaEvent).delta as { text: string }).text,
    };
  },
};

describe.each([
  ["openai", streams.openai, openaiEvents, "/chat/completions"],
  ["@anthropic-ai/sdk", streams.anthropic, anthropicEvents, "/v1/messages"],
] as const)("%s", (...[, open, events, path]) => {
  test("receives each event as it is sent", async () => {
    const server = await serveEvents(events);
    server.next();
    const { stream, textOf } = await open(server.url);
    const texts: unknown[] = [];
    // The server sends an event only after the one before it was received.
    for await (const event of stream as AsyncIterable<unknown>) {
      texts.push(textOf(event));
      expect(server.sent()).toBe(texts.length);
      server.next();
    }
    expect(texts).toEqual(["Hel", "lo", "!"]);
    expect(server.requests).toMatchObject([{ url: path, body: { messages, stream: true } }]);
  });

  test("closes the connection to the provider when its caller has enough", async () => {
    const server = await serveEvents(events);
    server.next();
    const { stream } = await open(server.url);
    for await (const _ of stream as AsyncIterable<unknown>) break;
    await server.closed;
    expect(server.sent()).toBe(1);
  });
});

describe.each([
  ["openai", (url: string, retries?: number) => clients.openai(url, retries).models.list()],
  ["@anthropic-ai/sdk", (url: string, retries?: number) => clients.anthropic(url, retries).models.list()],
] as const)("%s", (_, list) => {
  test("sends one request where its own retries are off, and its error has status and message", async () => {
    const server = await serve([], () => ({ status: 503, body: { error: { message: "overloaded" } } }));
    const error = await rejection(list(server.url));
    expect(error).toMatchObject({ status: 503 });
    expect(error.message).toContain("overloaded");
    expect(server.requests).toHaveLength(1);
  });

  test("sends as many requests as it would without us where its retries are on", async () => {
    const headers = { "retry-after-ms": "1" };
    const server = await serveWith(() => ({ status: 503, headers, body: { error: { message: "overloaded" } } }));
    await rejection(list(server.url, 2));
    expect(server.requests).toHaveLength(3);
  });
});

test("openai uploads a file", async () => {
  const server = await serve();
  const file = await toFile(Buffer.from('{"a":1}'), "data.jsonl");
  await clients.openai(server.url).files.create({ file, purpose: "batch" });
  expect(server.requests[0]?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
  const text = Buffer.from(server.requests[0]!.bytes).toString();
  expect(text).toContain('filename="data.jsonl"');
  expect(text).toContain('{"a":1}');
});
