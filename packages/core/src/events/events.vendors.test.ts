import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { collect } from "../../test/event-server.js";
import type { EventFacts } from "../provider/profile.js";
import { events } from "./index.js";

// Each stream as the vendor's page shows it, read by the vendor's own client, and by ours.

const stub = (text: string) => async () => new Response(text, { headers: { "content-type": "text/event-stream" } });
const lines = (...all: readonly (object | string)[]) =>
  all.map((one) => `data: ${typeof one === "string" ? one : JSON.stringify(one)}\n\n`).join("");
const named = (...all: readonly { readonly type: string }[]) =>
  all.map((one) => `event: ${one.type}\ndata: ${JSON.stringify(one)}\n\n`).join("");

const readers = {
  // https://platform.openai.com/docs/api-reference/chat-streaming
  async chat(fetch: typeof globalThis.fetch) {
    const client = new OpenAI({ apiKey: "sk-test", fetch, maxRetries: 0 });
    return client.chat.completions.create({ model: "m", messages: [], stream: true });
  },
  // https://platform.openai.com/docs/api-reference/responses-streaming
  async responses(fetch: typeof globalThis.fetch) {
    const client = new OpenAI({ apiKey: "sk-test", fetch, maxRetries: 0 });
    return client.responses.create({ model: "m", input: "Hi", stream: true });
  },
  // https://docs.anthropic.com/en/api/messages-streaming
  async messages(fetch: typeof globalThis.fetch) {
    const client = new Anthropic({ apiKey: "sk-test", fetch, maxRetries: 0 });
    return client.messages.create({ model: "m", max_tokens: 9, messages: [], stream: true });
  },
};

const chunk = (content: string) => ({
  id: "c1",
  object: "chat.completion.chunk",
  created: 1,
  model: "m",
  choices: [{ index: 0, delta: { content }, finish_reason: null }],
});
const delta = (text: string) => ({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } });
const openaiEnd: EventFacts = {
  end: { text: "[DONE]", types: ["response.completed", "response.failed", "response.incomplete"] },
  error: ["error"],
};

type Case = [
  title: string,
  read: (fetch: typeof globalThis.fetch) => Promise<AsyncIterable<unknown>>,
  text: string,
  facts: EventFacts,
];

const whole: readonly Case[] = [
  ["a completion of OpenAI", readers.chat, lines(chunk("Hel"), chunk("lo"), "[DONE]"), openaiEnd],
  [
    "a response of OpenAI",
    readers.responses,
    named(
      { type: "response.created" },
      { type: "response.output_text.delta", delta: "Hi" } as never,
      { type: "response.completed", response: { error: null } } as never,
    ),
    openaiEnd,
  ],
  [
    "a message of Anthropic, whose pings its client drops",
    readers.messages,
    named({ type: "message_start" }, delta("Hel"), delta("lo"), { type: "message_stop" }),
    { end: { types: ["message_stop"] } },
  ],
];

describe.each(whole)("%s", (...[, read, text, facts]) => {
  test("yields the events that the official client yields", async () => {
    const official = await collect(await read(stub(text)));
    const own = await collect(
      events(createAcme({ fetch: stub(text) }, { events: facts })).request("POST", "/x", { body: {} }),
    );
    expect(official.seen.length).toBeGreaterThan(1);
    expect(own).toEqual(official);
  });
});

const failed: readonly Case[] = [
  [
    "a completion of OpenAI",
    readers.chat,
    lines(chunk("Hel"), { error: { message: "The server had an error", code: "server_error" } }),
    openaiEnd,
  ],
  [
    "a message of Anthropic",
    readers.messages,
    named(delta("Hel"), { type: "error", error: { type: "overloaded_error", message: "Overloaded" } } as never),
    { end: { types: ["message_stop"] } },
  ],
];

describe.each(failed)("%s that fails after it began", (...[, read, text, facts]) => {
  test("throws after the event that the official client yields, with the same message", async () => {
    const official = await collect(await read(stub(text)));
    const own = await collect(
      events(createAcme({ fetch: stub(text) }, { events: facts })).request("POST", "/x", { body: {} }),
    );
    expect(own.seen).toEqual(official.seen);
    const message = /The server had an error|Overloaded/.exec((official.error as Error).message)?.[0];
    expect(message).toBeDefined();
    expect(own.error).toMatchObject({ name: "ApiError" });
    expect((own.error as Error).message).toContain(message);
  });
});
