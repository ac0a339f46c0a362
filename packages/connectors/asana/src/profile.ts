import type { ProviderProfile } from "@connectry/core";

/** The facts of Asana's API. */
export const profile = {
  id: "asana",
  name: "Asana",
  baseUrl: "https://app.asana.com/api/1.0",
  // https://developers.asana.com/docs/personal-access-token. Unconfirmed: no page names an environment variable.
  auth: { kind: "bearer", env: "ASANA_ACCESS_TOKEN", accounts: true },
  body: "json",
  query: "comma",
  // Of a domain that pays; a free one has 150. "Although the quota is defined per minute, it is evaluated more frequently", so that requests
  // are spread evenly. Searches have a limit of their own (specs/asana): https://developers.asana.com/docs/rate-limits
  rateLimits: [
    { bucket: "default", limit: 1_500, perMs: 60_000 },
    { bucket: "search", limit: 60, perMs: 60_000 },
  ],
  // Of reads, and of writes: https://developers.asana.com/docs/rate-limits#concurrent-request-limits
  concurrency: [
    { limit: 50, methods: ["GET"] },
    { limit: 15, methods: ["POST", "PUT", "PATCH", "DELETE"] },
  ],
  // Only a 429 reports a limit, by `Retry-After`, also those of concurrency and of cost (the same page).
  rateLimitHeaders: "none",
  pagination: [
    // Without `limit` a list is one response, which is truncated: https://developers.asana.com/docs/pagination
    {
      kind: "cursor",
      items: ["data"],
      from: { body: ["next_page", "offset"] },
      into: { in: "query", name: "offset" },
      ask: { in: "query", name: "limit", value: 100 },
    },
    // Events since a token: https://developers.asana.com/reference/getevents
    {
      kind: "cursor",
      items: ["data"],
      from: { body: ["sync"] },
      into: { in: "query", name: "sync" },
      more: ["has_more"],
    },
  ],
  // "Available in the `data` field at the top level": https://developers.asana.com/docs/errors. `next_page` is what `paginate` reads.
  envelope: { field: "data", beside: ["next_page"] },
  // The phrase is "used by Asana support to quickly look up the incident": https://developers.asana.com/docs/errors
  errors: { message: ["errors", 0, "message"], requestId: ["errors", 0, "phrase"] },
} as const satisfies ProviderProfile;
