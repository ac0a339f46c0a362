import type { ProviderProfile } from "@connectry/core";

/** The facts of Intercom's API. */
export const profile = {
  id: "intercom",
  name: "Intercom",
  baseUrl: "https://api.intercom.io",
  // Where workspaces are hosted. "If you call api.intercom.io, we'll attempt to route your request to the correct region":
  // https://developers.intercom.com/docs/build-an-integration/learn-more/rest-apis
  environments: {
    us: {},
    eu: { baseUrl: "https://api.eu.intercom.io" },
    au: { baseUrl: "https://api.au.intercom.io" },
  },
  // https://developers.intercom.com/docs/build-an-integration/learn-more/authentication. The variable is that of `intercom-client`
  // (src/auth/BearerAuthProvider.ts).
  auth: { kind: "bearer", env: "INTERCOM_API_KEY", accounts: true },
  // Without it a request has the version of the app: https://developers.intercom.com/docs/build-an-integration/learn-more/rest-apis/api-versioning
  versionHeader: "intercom-version",
  body: "json",
  dates: "unix-seconds",
  retry: {
    rules: [
      // A 429 has no `Retry-After`, but the end of the window: https://developers.intercom.com/docs/references/rest-api/errors/rate-limiting
      { when: { status: 429 }, verdict: "throttled", until: { header: "x-ratelimit-reset", unit: "epoch-seconds" } },
      // "It is not possible to continue from a specific point when using scroll", where this message is:
      // https://developers.intercom.com/docs/references/2.15/rest-api/api.intercom.io/companies/scrolloverallcompanies
      {
        when: { status: 500, body: { at: ["errors", 0, "message"], contains: "restart the scroll" } },
        verdict: "failed",
      },
    ],
  },
  // 10,000 requests a minute of an app, in six windows of 10 seconds, and 25,000 of a workspace; headers have the app's own (the page of
  // rate limits).
  rateLimits: [{ bucket: "default", limit: 1_666, perMs: 10_000, window: "sliding" }],
  rateLimitHeaders: {
    limit: "x-ratelimit-limit",
    remaining: "x-ratelimit-remaining",
    reset: { name: "x-ratelimit-reset", unit: "epoch-seconds" },
  },
  // By the number of the page, as `intercom-client` does (fern/openapi-overrides.yml of Intercom's own repository of documents); contacts and
  // conversations by a cursor, and searches by one in the body: https://developers.intercom.com/docs/build-an-integration/learn-more/rest-apis/pagination
  pagination: [
    {
      kind: "page-number",
      items: ["data"],
      into: { in: "query", name: "page" },
      first: 1,
      pages: ["pages", "total_pages"],
    },
    {
      kind: "cursor",
      items: "by-path",
      from: { body: ["pages", "next", "starting_after"] },
      into: { in: "query", name: "starting_after" },
    },
    {
      kind: "cursor",
      items: "by-path",
      from: { body: ["pages", "next", "starting_after"] },
      into: { in: "body", name: "starting_after", inside: ["pagination"] },
    },
    // Each page has the same cursor, also the empty one at the end (`companies_scroll` of intercom-ruby, spec/spec_helper.rb).
    {
      kind: "cursor",
      items: ["data"],
      from: { body: ["scroll_param"] },
      into: { in: "query", name: "scroll_param" },
      scrolls: true,
    },
    { kind: "next-url", items: ["events"], next: ["pages", "next"] },
  ],
  // https://developers.intercom.com/docs/references/rest-api/errors/error-objects; two operations have other shapes in the document.
  errors: {
    message: ["errors", 0, "message"],
    code: ["errors", 0, "code"],
    requestId: ["request_id"],
    otherShapes: [{ message: ["message"], code: ["error_key"] }, { message: ["errors", "*"] }],
  },
} as const satisfies ProviderProfile;
