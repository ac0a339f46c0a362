import type { ProviderProfile } from "@connectry/core";

const minute = { perMs: 60_000 } as const;
const item = { ...minute, per: { parameter: "access_token" } } as const;
const nextCursor = { from: { body: ["next_cursor"] }, into: { in: "body", name: "cursor" } } as const;
const offset = { in: "body", name: "offset" } as const;
const inOptions = { into: { ...offset, inside: ["options"] }, size: "count" } as const;
const at = ["error_code"] as const;

/** The facts of Plaid's API. */
export const profile = {
  id: "plaid",
  name: "Plaid",
  baseUrl: "https://production.plaid.com",
  // The servers of the document. The sandbox has other limits (the page of `rateLimits`), most of them higher: none is kept here.
  environments: { production: {}, sandbox: { baseUrl: "https://sandbox.plaid.com", rateLimits: [] } },
  // https://plaid.com/docs/api/#api-protocols-and-headers. The variables are those of plaid/quickstart.
  auth: {
    kind: "parts",
    parts: [
      { name: "clientId", env: "PLAID_CLIENT_ID", in: "header", as: "plaid-client-id" },
      { name: "secret", env: "PLAID_SECRET", in: "header", as: "plaid-secret" },
    ],
  },
  // The version of the API that the document describes, as plaid-node sends it (README.md, test/clientHelper.ts).
  headers: { "plaid-version": "2020-09-14" },
  body: "json",
  // Keys of transfers have at most 50 characters, others 128 (the document, `*IdempotencyKey`). Unconfirmed: a common time for which they hold.
  idempotency: { field: "idempotency_key", methods: [], maxLength: 50 },
  retry: {
    rules: [
      // Wrong keys are a 400: https://plaid.com/docs/errors/invalid-input/#invalid_api_keys
      { when: { status: 400, body: { at, equals: "INVALID_API_KEYS" } }, verdict: "reauthenticate" },
      // "Original request is still processing", of a payment that is repeated with its key: https://plaid.com/docs/errors/virtual-account/
      { when: { status: 400, body: { at, equals: "REQUEST_CONFLICT" } }, verdict: "transient", maybeApplied: true },
      // Waiting does not help: https://plaid.com/docs/errors/rate-limit-exceeded/#credits_exhausted
      { when: { status: 429, body: { at, equals: "CREDITS_EXHAUSTED" } }, verdict: "failed" },
    ],
  },
  // The defaults of production of https://plaid.com/docs/errors/rate-limit-exceeded/, of an Item and of the client; those of the client that one
  // process hardly reaches are left out. "Some customers may experience different rate limit thresholds". Copies of the page differ: it has
  // 25 or 50 for /institutions/get.
  rateLimits: [
    { bucket: "accounts", limit: 15, burst: 5, ...item },
    { bucket: "balance", limit: 5, burst: 2, ...item },
    { bucket: "balance", limit: 1_200, ...minute },
    { bucket: "auth", limit: 15, burst: 5, ...item },
    { bucket: "identity", limit: 15, burst: 5, ...item },
    { bucket: "holdings", limit: 15, burst: 5, ...item },
    { bucket: "investment-transactions", limit: 30, burst: 10, ...item },
    { bucket: "item", limit: 15, burst: 5, ...item },
    { bucket: "transactions", limit: 30, burst: 10, ...item },
    { bucket: "sync", limit: 50, burst: 20, ...item },
    { bucket: "sync", limit: 2_500, ...minute },
    { bucket: "institutions", limit: 25, burst: 5, ...minute },
    { bucket: "institution", limit: 400, burst: 20, ...minute },
  ],
  // No header is documented that reports a limit.
  rateLimitHeaders: "none",
  pagination: [
    { kind: "cursor", items: ["transactions"], ...nextCursor, more: ["has_more"] },
    { kind: "offset", items: "by-path", into: offset, size: "count", more: ["has_more"], total: ["total"] },
    { kind: "offset", items: ["transactions"], ...inOptions, total: ["total_transactions"] },
    { kind: "offset", items: ["investment_transactions"], ...inOptions, total: ["total_investment_transactions"] },
    // `after_id` is "the latest `event_id` fetched", in the document.
    {
      kind: "cursor",
      items: ["transfer_events"],
      from: { lastItem: ["event_id"] },
      into: { in: "body", name: "after_id" },
      more: ["has_more"],
    },
    { kind: "cursor", items: ["activities"], from: { body: ["cursor"] }, into: { in: "body", name: "cursor" } },
  ],
  // `PlaidError` of the document, and https://plaid.com/docs/api/#api-protocols-and-headers
  errors: { message: ["error_message"], code: ["error_code"], requestId: ["request_id"] },
} as const satisfies ProviderProfile;
