import type { ProviderProfile } from "@connectry/core";

/** The facts of Box's API. */
export const profile = {
  id: "box",
  name: "Box",
  baseUrl: "https://api.box.com/2.0",
  // Uploads, https://developer.box.com/guides/uploads#upload-domain, and the content of archives, which is read without a credential.
  origins: ["https://upload.box.com", "https://dl.boxcloud.com"],
  // https://developer.box.com/guides/authentication/client-credentials: as the service account of the enterprise, or as a user. A client may
  // also be given a token of any other kind, such as a developer token.
  auth: {
    kind: "client-credentials",
    accounts: true,
    tokenUrl: "https://api.box.com/oauth2/token",
    clientAuthentication: "body",
    clientId: { name: "clientId", env: "BOX_CLIENT_ID" },
    clientSecret: { name: "clientSecret", env: "BOX_CLIENT_SECRET" },
    fields: [
      { name: "subjectType", env: "BOX_SUBJECT_TYPE", as: "box_subject_type", default: "enterprise" },
      { name: "subjectId", env: "BOX_SUBJECT_ID", as: "box_subject_id" },
    ],
  },
  body: "json",
  query: "comma",
  retry: {
    rules: [
      // A file that is not ready: https://developer.box.com/guides/downloads/file#file-not-ready. The 202 of a commit is waited for by
      // `uploadInSession`, and that of a thumbnail has a picture to show until then.
      { when: { status: 202, path: "/content", headers: { "retry-after": true } }, verdict: "transient" },
      // "Try again at a later interval", "Wait and then retry the request": .../guides/api-calls/permissions-and-errors/common-errors
      {
        when: {
          status: 409,
          body: { at: ["code"], oneOf: ["operation_blocked_temporary", "name_temporarily_reserved"] },
        },
        verdict: "transient",
        notApplied: true,
      },
    ],
  },
  // For each user: https://developer.box.com/guides/api-calls/permissions-and-errors/rate-limits. The 12 searches per second of an enterprise
  // are not counted, nor the calls per month that its plan includes. Responses report no quota.
  rateLimits: [
    { bucket: "default", limit: 1_000, perMs: 60_000 },
    { bucket: "uploads", limit: 240, perMs: 60_000 },
    { bucket: "search", limit: 6, perMs: 1_000 },
    { bucket: "search", limit: 60, perMs: 60_000 },
    { bucket: "sign", limit: 100, perMs: 60_000 },
  ],
  rateLimitHeaders: "none",
  // The user that a call is made as, whose limits it counts against: https://developer.box.com/guides/authentication/oauth2/as-user
  tenantHeaders: ["as-user"],
  // https://developer.box.com/guides/api-calls/pagination. A page by offset may lack what the user cannot see, so that its `limit` leads on.
  pagination: [
    { kind: "cursor", items: ["entries"], from: { body: ["next_marker"] }, into: { in: "query", name: "marker" } },
    {
      kind: "offset",
      items: ["entries"],
      into: { in: "query", name: "offset" },
      size: "limit",
      step: ["limit"],
      total: ["total_count"],
    },
    {
      kind: "cursor",
      items: ["entries"],
      from: { body: ["next_marker"] },
      into: { in: "query", name: "marker" },
      ask: { in: "query", name: "usemarker", value: true },
    },
    { kind: "cursor", items: ["entries"], from: { body: ["next_marker"] }, into: { in: "body", name: "marker" } },
  ],
  // https://developer.box.com/guides/api-calls/permissions-and-errors/common-errors, and that of its addresses of OAuth (the document).
  errors: {
    message: ["message"],
    code: ["code"],
    requestId: ["request_id"],
    otherShapes: [{ message: ["error_description"], code: ["error"] }],
  },
} as const satisfies ProviderProfile;
