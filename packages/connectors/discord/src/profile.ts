import type { ProviderProfile } from "@connectry/core";

/** The facts of Discord's HTTP API. */
export const profile = {
  id: "discord",
  name: "Discord",
  baseUrl: "https://discord.com/api/v10",
  // https://docs.discord.com/developers/reference#authentication
  auth: { kind: "header", name: "authorization", prefix: "Bot ", env: "DISCORD_TOKEN", accounts: "bearer" },
  // "Client requests that do not have a valid User Agent specified may be blocked": .../reference#user-agent
  headers: { "user-agent": "DiscordBot (https://github.com/connectry/connectry, 10)" },
  body: "json",
  // https://docs.discord.com/developers/resources/message#create-message: within "the past few minutes"
  idempotency: { field: "nonce", methods: [], maxLength: 25, with: { enforce_nonce: true } },
  retry: {
    rules: [
      // `retry_after` has fractions of a second: https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit
      { when: { status: 429 }, verdict: "throttled", until: { body: ["retry_after"], unit: "seconds" } },
      // A search whose index is not there yet: https://docs.discord.com/developers/resources/message#search-guild-messages
      {
        when: { status: 202, body: { at: ["code"], equals: 110_000 } },
        verdict: "transient",
        until: { body: ["retry_after"], unit: "seconds" },
      },
    ],
  },
  // "All bots can make up to 50 requests per second"; responses to interactions are not counted (specs/discord). All other limits
  // "should not be hard coded": https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
  rateLimits: [{ bucket: "default", limit: 50, perMs: 1_000, window: "sliding" }],
  // The time of `x-ratelimit-reset` would depend on the clock here (the same page).
  rateLimitHeaders: {
    limit: "x-ratelimit-limit",
    remaining: "x-ratelimit-remaining",
    reset: { name: "x-ratelimit-reset-after", unit: "seconds" },
  },
  // The bucket is "non-inclusive of top-level resources in the path", which have limits of their own (the same page).
  quotaNames: {
    header: "x-ratelimit-bucket",
    parameters: ["channel_id", "guild_id", "webhook_id", "webhook_token"],
    global: "x-ratelimit-global",
  },
  // Pages are bare lists of 1 to 100 or more, and continue by the id of their last item; specs/discord says which list in which way.
  pagination: [
    { kind: "cursor", items: [], from: { lastItem: ["id"] }, into: { in: "query", name: "after" } },
    {
      kind: "offset",
      items: "by-path",
      into: { in: "query", name: "offset" },
      size: "limit",
      more: ["has_more"],
      total: ["total_results"],
    },
    { kind: "cursor", items: [], from: { lastItem: ["user", "id"] }, into: { in: "query", name: "after" } },
    {
      kind: "cursor",
      items: [],
      from: { lastItem: ["id"] },
      into: { in: "query", name: "before" },
      more: ["has_more"],
    },
    { kind: "cursor", items: [], from: { lastItem: ["user_id"] }, into: { in: "query", name: "after" } },
  ],
  errors: { message: ["message"], code: ["code"] },
} as const satisfies ProviderProfile;
