import type { ProviderProfile } from "@connectry/core";

/** The facts of GitHub's REST API. */
export const profile = {
  id: "github",
  name: "GitHub",
  baseUrl: "https://api.github.com",
  origins: ["https://uploads.github.com"],
  // "In most cases, you can use `Authorization: Bearer` or `Authorization: token`", as octokit does:
  // https://docs.github.com/rest/authentication/authenticating-to-the-rest-api
  auth: { kind: "bearer", env: "GITHUB_TOKEN", otherPrefixes: ["token"], accounts: true },
  versionHeader: "x-github-api-version",
  headers: { accept: "application/vnd.github+json" },
  body: "json",
  retry: {
    // A rate limit is a 403 or a 429, which headers and message distinguish from other failures:
    // https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
    rules: [
      { when: { status: [403, 429], headers: { "retry-after": true } }, verdict: "throttled" },
      {
        when: { status: [403, 429], headers: { "x-ratelimit-remaining": "0" } },
        verdict: "throttled",
        until: { header: "x-ratelimit-reset", unit: "epoch-seconds" },
      },
      {
        when: { status: [403, 429], body: { at: ["message"], contains: "secondary rate limit" } },
        verdict: "throttled",
        waitMs: 60_000,
      },
      // GraphQL reports its rate limit with status 200, as RATE_LIMITED or RATE_LIMIT:
      // https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
      // https://github.com/octokit/plugin-throttling.js/pull/848
      {
        when: {
          status: 200,
          path: "/graphql",
          body: { at: ["errors", 0, "type"], oneOf: ["RATE_LIMITED", "RATE_LIMIT"] },
        },
        verdict: "throttled",
        until: { header: "x-ratelimit-reset", unit: "epoch-seconds" },
      },
    ],
  },
  // The secondary limits: points per minute, of which a read costs 1 and a write 5, and created content, per minute and per hour:
  // https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
  // How GitHub counts them is not documented: as sliding windows they hold for any minute, and for a fixed one. After a burst of 20,
  // content is created once a second, as recommended: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
  // Headers report the primary limit. Searches: https://docs.github.com/rest/search/search#rate-limit
  rateLimits: [
    {
      bucket: "default",
      limit: 900,
      perMs: 60_000,
      window: "sliding",
      costs: { GET: 1, HEAD: 1, OPTIONS: 1, "*": 5 },
    },
    { bucket: "default", limit: 80, perMs: 60_000, window: "gcra", burst: 20, costs: { POST: 1, "*": 0 } },
    { bucket: "default", limit: 500, perMs: 3_600_000, window: "gcra", burst: 80, costs: { POST: 1, "*": 0 } },
    { bucket: "search", limit: 30, perMs: 60_000, window: "sliding" },
    { bucket: "code-search", limit: 10, perMs: 60_000, window: "sliding" },
    // Of GraphQL 2,000 points per minute, of which a query costs 1 and a mutation 5 (the same page).
    { bucket: "graphql", limit: 2_000, perMs: 60_000, window: "sliding", costs: { QUERY: 1, MUTATION: 5 } },
    { bucket: "graphql", limit: 80, perMs: 60_000, window: "gcra", burst: 20, costs: { QUERY: 0, MUTATION: 1 } },
    { bucket: "graphql", limit: 500, perMs: 3_600_000, window: "gcra", burst: 80, costs: { QUERY: 0, MUTATION: 1 } },
  ],
  graphql: { path: "/graphql", bucket: "graphql" },
  // A query that selects `rateLimit { cost }` says what it takes of the 5,000 points of an hour; any other takes 1, the least:
  // https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
  quotaCost: { bucket: "graphql", cost: ["data", "rateLimit", "cost"] },
  // "No more than 100 concurrent requests are allowed", of REST and GraphQL together (the same page).
  concurrency: [{ limit: 100 }],
  rateLimitHeaders: {
    limit: "x-ratelimit-limit",
    remaining: "x-ratelimit-remaining",
    reset: { name: "x-ratelimit-reset", unit: "epoch-seconds" },
  },
  // The header names the quota of a response. Of its names (`core`, `search`, `code_search`, `graphql`, `code_scanning_upload` ...),
  // https://docs.github.com/rest/rate-limit/rate-limit has the list.
  quotaNames: {
    header: "x-ratelimit-resource",
    buckets: { default: "core", search: "search", "code-search": "code_search", graphql: "graphql" },
  },
  pagination: [{ kind: "link-header", items: "by-path" }],
  errors: { message: ["message"], requestId: "x-github-request-id" },
} as const satisfies ProviderProfile;
