import type { ProviderProfile } from "@connectry/core";

/** The facts of Xero's Accounting API. */
export const profile = {
  id: "xero",
  name: "Xero",
  baseUrl: "https://api.xero.com/api.xro/2.0",
  // A custom connection, of one organization: "Custom Connections" in the README of xero-node, and for the variables and the scopes
  // src/clients/xero-client.ts of XeroAPI/xero-mcp-server. A client may also be given a token, or the accounts of OAuth.
  auth: {
    kind: "client-credentials",
    accounts: true,
    tokenUrl: "https://identity.xero.com/connect/token",
    clientAuthentication: "basic",
    clientId: { name: "clientId", env: "XERO_CLIENT_ID" },
    clientSecret: { name: "clientSecret", env: "XERO_CLIENT_SECRET" },
    fields: [{ name: "scopes", env: "XERO_SCOPES", as: "scope", optional: true }],
  },
  body: "json",
  query: "comma",
  // "This allows you to safely retry requests [...]. 128 character max": the document, which has it for each POST and PUT. A PUT creates.
  // Unconfirmed, since the page could not be opened: a key is kept for six minutes, and goes with the same URL, method and body
  // (https://developer.xero.com/documentation/guides/idempotent-requests/idempotency/, as third parties cite it).
  idempotency: { header: "idempotency-key", methods: ["POST", "PUT"], maxLength: 128 },
  // For each organization: https://developer.xero.com/faq/limits. Not counted: 5,000 calls a day, and 10,000 a minute of the app in all of
  // them. A 429 says by Retry-After how long to wait, and by X-Rate-Limit-Problem for which limit. Responses report what is left of the minute and of
  // the day (X-MinLimit-Remaining, X-DayLimit-Remaining), and not when it is full again.
  rateLimits: [{ bucket: "default", limit: 60, perMs: 60_000, window: "sliding" }],
  concurrency: [{ limit: 5 }],
  rateLimitHeaders: "none",
  tenantHeaders: ["xero-tenant-id"],
  // The document has the parameters and `pagination`. Without `page` a list has everything at once, without a total.
  pagination: [
    {
      kind: "page-number",
      items: "by-path",
      into: { in: "query", name: "page" },
      first: 1,
      ask: { in: "query", name: "page", value: 1 },
      total: ["pagination", "itemCount"],
      pages: ["pagination", "pageCount"],
    },
    // "Journals with a JournalNumber greater than the offset will be returned": the document.
    {
      kind: "cursor",
      items: ["Journals"],
      from: { lastItem: ["JournalNumber"] },
      into: { in: "query", name: "offset" },
    },
  ],
  // What is wrong is in the elements (https://github.com/XeroAPI/Xero-OpenAPI/issues/461), and else in `Message`. A rejected token and a failure
  // have a form of their own: https://github.com/XeroAPI/xero-node/issues/741, .../466. Xero asks for the id of the header in .../xero-python/issues/116.
  errors: {
    message: ["Elements", "*", "ValidationErrors", "*", "Message"],
    code: ["Type"],
    otherShapes: [
      { message: ["Message"], code: ["Type"] },
      { message: ["Detail"], code: ["Title"] },
    ],
    requestId: "xero-correlation-id",
  },
} as const satisfies ProviderProfile;
