import type { ProviderProfile } from "@connectry/core";

const cursor = { in: "query", name: "cursor" } as const;
const page = { in: "query", name: "page" } as const;

/** The facts of Mistral's API. */
export const profile = {
  id: "mistral",
  name: "Mistral",
  baseUrl: "https://api.mistral.ai",
  // Hosts that process inference in a region: https://docs.mistral.ai/inference/regional-inference, and `ServerList` in src/lib/config.ts
  // of https://github.com/mistralai/client-ts
  environments: {
    global: {},
    eu: { baseUrl: "https://api.eu.mistral.ai" },
    us: { baseUrl: "https://api.us.mistral.ai" },
  },
  // https://docs.mistral.ai/admin/security-access/api-keys
  auth: { kind: "bearer", env: "MISTRAL_API_KEY" },
  body: "json",
  retry: {
    rules: [
      // A key or a model without any allowance: waiting does not help. Unconfirmed: no page of Mistral's says it, users of the API report it
      // of keys that are valid, with these headers.
      { when: { status: 429, headers: { "x-ratelimit-limit-req-minute": "0" } }, verdict: "failed" },
    ],
  },
  // No numbers: they depend on tier and model (https://docs.mistral.ai/resources/known-limitations#rate-limits). Headers report requests and
  // tokens of a minute that are left, of the called model, and not when there are more (https://github.com/mistralai/client-ts/issues/169).
  rateLimitHeaders: "none",
  // https://docs.mistral.ai/api. For the tokens, `nextFunc` in src/funcs of https://github.com/mistralai/client-ts
  pagination: [
    { kind: "page-number", items: ["data"], into: page, first: 0, more: ["pagination", "has_more"], total: ["total"] },
    // Its pages have a `count` and a `next`, whose meaning is unconfirmed: an empty page ends it.
    { kind: "page-number", items: ["results"], into: page, first: 1 },
    { kind: "offset", items: ["items"], into: { in: "query", name: "offset" }, size: "limit", total: ["total"] },
    { kind: "cursor", items: ["data"], from: { body: ["next_page_token"] }, into: { in: "query", name: "page_token" } },
    {
      kind: "cursor",
      items: ["executions"],
      from: { body: ["next_page_token"] },
      into: { in: "query", name: "next_page_token" },
    },
    { kind: "cursor", items: ["events"], from: { body: ["next_cursor"] }, into: cursor },
    { kind: "cursor", items: ["items"], from: { body: ["pagination", "next_cursor"] }, into: cursor },
    {
      kind: "cursor",
      items: ["completion_events", "results"],
      from: { body: ["completion_events", "cursor"] },
      into: cursor,
    },
  ],
  // https://docs.mistral.ai/resources/error-glossary#error-response-format; the others are those of the document (ObservabilityError,
  // HTTPValidationError), of https://docs.mistral.ai/studio/workflows/managing-workflows-in-production/error_codes, and a validation error
  // inside of `message`, as users of the API report it (https://github.com/editor-code-assistant/eca/issues/231). The header is the one
  // that Mistral's own program reads (vibe/core/llm/backend/mistral.py of https://github.com/mistralai/mistral-vibe).
  errors: {
    message: ["message"],
    code: ["code"],
    otherShapes: [
      { message: ["detail"], code: ["code"] },
      { message: ["detail", 0, "msg"], code: ["detail", 0, "type"] },
      { message: ["detail", "message"], code: ["detail", "error_code"] },
      { message: ["message", "detail", 0, "msg"], code: ["message", "detail", 0, "type"] },
    ],
    requestId: "mistral-correlation-id",
  },
  // Completions end with a text (the document), all others with an event: https://docs.mistral.ai/studio/agents/agents-api,
  // https://docs.mistral.ai/studio/audio/text_to_speech/speech. Streams of workflows have no last one.
  events: {
    end: { text: "[DONE]", types: ["conversation.response.done", "transcription.done", "speech.audio.done"] },
    errorTypes: ["conversation.response.error", "error"],
  },
} as const satisfies ProviderProfile;
