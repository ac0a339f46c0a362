import type { ProviderProfile, RateLimit } from "@connectry/core";

const tenSeconds = { perMs: 10_000, window: "sliding" } as const;
const hour = { perMs: 3_600_000, window: "gcra" } as const;

// https://clerk.com/docs/guides/how-clerk-works/system-limits#backend-api-requests, where specs/clerk names the operations. The page does not
// say how ten seconds are counted: as a sliding window it holds for any of them. Of an hour, half may go out at once.
const limits = [
  { bucket: "invitations", limit: 100, burst: 50, ...hour },
  { bucket: "invitations-bulk", limit: 25, burst: 12, ...hour },
  { bucket: "organization-invitations", limit: 250, burst: 125, ...hour },
  { bucket: "organization-invitations-bulk", limit: 50, burst: 25, ...hour },
  { bucket: "user", limit: 10, per: { parameter: "user_id" }, ...tenSeconds },
  { bucket: "organization", limit: 10, per: { parameter: "organization_id" }, ...tenSeconds },
  // Of a membership, which has two parameters: that of the user alone is never more.
  { bucket: "membership", limit: 10, per: { parameter: "user_id" }, ...tenSeconds },
] as const satisfies readonly RateLimit[];

/** The facts of Clerk's Backend API. */
export const profile = {
  id: "clerk",
  name: "Clerk",
  baseUrl: "https://api.clerk.com/v1",
  // https://clerk.com/docs/guides/development/clerk-environment-variables
  auth: { kind: "bearer", env: "CLERK_SECRET_KEY" },
  // https://clerk.com/docs/guides/development/upgrading/versioning#choosing-an-api-version
  versionHeader: "clerk-api-version",
  body: "json",
  // Of the two operations that adjust a credit balance, whose document has it.
  idempotency: { field: "idempotency_key", methods: [] },
  rateLimits: [{ bucket: "default", limit: 1_000, ...tenSeconds }, ...limits],
  environments: {
    production: {},
    development: { rateLimits: [{ bucket: "default", limit: 100, ...tenSeconds }, ...limits] },
  },
  // Only a 429 reports a limit (the same page).
  rateLimitHeaders: "none",
  // Users by the id of the last one, as their description in the document recommends. `paginated` is what Clerk's own packages send, and
  // without which lists come as they were before they had pages: packages/backend/src/api/endpoints of
  // https://github.com/clerk/javascript, and https://github.com/clerk/clerk-sdk-go
  pagination: [
    { kind: "offset", items: "by-path", into: { in: "query", name: "offset" }, size: "limit", total: ["total_count"] },
    {
      kind: "offset",
      items: ["data"],
      into: { in: "query", name: "offset" },
      size: "limit",
      total: ["total_count"],
      ask: { in: "query", name: "paginated", value: true },
    },
    { kind: "cursor", items: [], from: { lastItem: ["id"] }, into: { in: "query", name: "starting_after" } },
  ],
  // "Clerk provides a more detailed error message called a long message": https://clerk.com/docs/guides/development/errors/overview. The trace
  // is the one that packages/backend/src/api/request.ts of https://github.com/clerk/javascript reads.
  errors: {
    message: ["errors", 0, "long_message"],
    code: ["errors", 0, "code"],
    otherShapes: [{ message: ["errors", 0, "message"], code: ["errors", 0, "code"] }],
    requestId: ["clerk_trace_id"],
  },
} as const satisfies ProviderProfile;
