import type { ProviderProfile } from "@connectry/core";

const after = { in: "query", name: "after" } as const;

/** The facts of OpenAI's API. */
export const profile = {
  id: "openai",
  name: "OpenAI",
  baseUrl: "https://api.openai.com/v1",
  // https://platform.openai.com/docs/api-reference/authentication
  auth: { kind: "bearer", env: "OPENAI_API_KEY" },
  // Limits are those of the organization and of the project: https://platform.openai.com/docs/guides/rate-limits
  tenantHeaders: ["openai-organization", "openai-project"],
  body: "json",
  retry: {
    // As openai-node does (src/client.ts, `shouldRetry`): https://github.com/openai/openai-node
    shouldRetryHeader: "x-should-retry",
    rules: [
      // No credit is left: waiting does not help. https://platform.openai.com/docs/guides/error-codes
      { when: { status: 429, body: { at: ["error", "code"], equals: "insufficient_quota" } }, verdict: "failed" },
      { when: { status: 409 }, verdict: "transient", maybeApplied: true },
    ],
  },
  // Requests and tokens have a quota each, by model and tier; no number holds for all:
  // https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers
  rateLimitHeaders: [
    {
      limit: "x-ratelimit-limit-requests",
      remaining: "x-ratelimit-remaining-requests",
      reset: { name: "x-ratelimit-reset-requests", unit: "duration" },
    },
    {
      limit: "x-ratelimit-limit-tokens",
      remaining: "x-ratelimit-remaining-tokens",
      reset: { name: "x-ratelimit-reset-tokens", unit: "duration" },
    },
  ],
  // The classes of openai-node (src/core/pagination.ts), in this order: CursorPage, Page of usage and costs, NextCursorPage, and
  // ConversationCursorPage: https://github.com/openai/openai-node
  pagination: [
    {
      kind: "cursor",
      items: ["data"],
      from: { lastItem: ["id"] },
      into: after,
      opposite: "before",
      more: ["has_more"],
    },
    {
      kind: "cursor",
      items: ["data"],
      from: { body: ["next_page"] },
      into: { in: "query", name: "page" },
      more: ["has_more"],
    },
    { kind: "cursor", items: ["data"], from: { body: ["next"] }, into: after, more: ["has_more"] },
    { kind: "cursor", items: ["data"], from: { body: ["last_id"] }, into: after, more: ["has_more"] },
  ],
  errors: { message: ["error", "message"], code: ["error", "code"], requestId: "x-request-id" },
  // Completions end with a text, all others with an event (schemas `*StreamEvent` of the document):
  // https://platform.openai.com/docs/api-reference/chat-streaming and .../responses-streaming
  events: {
    end: {
      text: "[DONE]",
      types: [
        "response.completed",
        "response.failed",
        "response.incomplete",
        "speech.audio.done",
        "transcript.text.done",
        "image_generation.completed",
        "image_edit.completed",
      ],
    },
    error: ["error"],
  },
} as const satisfies ProviderProfile;
