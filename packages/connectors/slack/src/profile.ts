import type { ProviderProfile } from "@connectry/core";

/** The facts of Slack's Web API. */
export const profile = {
  id: "slack",
  name: "Slack",
  baseUrl: "https://slack.com/api",
  // Uploads and downloads of files, at addresses that responses name:
  // https://docs.slack.dev/reference/methods/files.getUploadURLExternal
  origins: ["https://files.slack.com"],
  auth: { kind: "bearer", env: "SLACK_BOT_TOKEN", accounts: true },
  // Arrays and objects (blocks, attachments) go into the form as JSON text: https://docs.slack.dev/apis/web-api
  body: "form-json",
  retry: {
    // A failure is a 200 with `ok: false`, and its code is in `error`.
    rules: [
      { when: { status: 200, body: { at: ["error"], equals: "ratelimited" } }, verdict: "throttled" },
      { when: { status: 200, body: { at: ["error"], equals: "token_expired" } }, verdict: "reauthenticate" },
      // The POST arrived incomplete: https://docs.slack.dev/reference/methods/chat.postMessage#errors
      {
        when: { status: 200, body: { at: ["error"], equals: "request_timeout" } },
        verdict: "transient",
        notApplied: true,
      },
      // "It's possible some aspect of the operation succeeded before the error was raised" (the same page).
      { when: { status: 200, body: { at: ["error"], equals: "fatal_error" } }, verdict: "failed", maybeApplied: true },
      {
        when: { status: 200, body: { at: ["error"], oneOf: ["internal_error", "service_unavailable"] } },
        verdict: "transient",
        maybeApplied: true,
      },
      { when: { status: 200, body: { at: ["ok"], equals: false } }, verdict: "failed" },
      // Every response is a JSON object with `ok`, which is true or false: https://docs.slack.dev/apis/web-api
      { when: { status: 200, body: { at: ["ok"], isNot: true } }, verdict: "failed", maybeApplied: true },
    ],
  },
  // The limit of the highest tier for each method; the `Retry-After` of a 429 covers lower tiers. A channel takes one message per
  // second (specs/slack). That of the whole workspace has no number, and short bursts may be lost:
  // https://docs.slack.dev/apis/web-api/rate-limits
  rateLimits: [
    { bucket: "default", limit: 100, perMs: 60_000, window: "gcra", burst: 50, per: "operation" },
    { bucket: "messages", limit: 1, perMs: 1_000, window: "gcra", burst: 1, per: { parameter: "channel" } },
  ],
  rateLimitHeaders: "none",
  pagination: [
    {
      kind: "cursor",
      items: "by-path",
      from: { body: ["response_metadata", "next_cursor"] },
      into: { in: "query", name: "cursor" },
    },
  ],
  errors: {
    message: ["response_metadata", "messages", 0],
    code: ["error"],
    requestId: "x-slack-req-id",
    statuses: {
      invalid_auth: 401,
      not_authed: 401,
      token_expired: 401,
      token_revoked: 401,
      account_inactive: 401,
      missing_scope: 403,
      no_permission: 403,
      not_allowed_token_type: 403,
      channel_not_found: 404,
      user_not_found: 404,
      message_not_found: 404,
      file_not_found: 404,
      ratelimited: 429,
      internal_error: 500,
      fatal_error: 500,
      service_unavailable: 503,
    },
  },
} as const satisfies ProviderProfile;
