import type { ProviderProfile } from "@connectry/core";

/** The facts of Figma's REST API. */
export const profile = {
  id: "figma",
  name: "Figma",
  baseUrl: "https://api.figma.com",
  // Personal and plan access tokens have a header of their own, those of OAuth are bearer tokens:
  // https://developers.figma.com/docs/rest-api/authentication
  auth: { kind: "header", name: "x-figma-token", env: "FIGMA_TOKEN", accounts: "bearer" },
  body: "json",
  // "403: The developer / OAuth token is invalid or expired": https://developers.figma.com/docs/rest-api/file-endpoints. The document has a
  // 401 for newer operations alone. A 403 without this text is a missing permission.
  retry: {
    rules: [{ when: { status: 403, body: { at: ["err"], contains: "oken" } }, verdict: "reauthenticate" }],
  },
  // No numbers: they depend on the seat, and on the plan in which the file is, from 6 a month to 150 a minute. A 429 has `Retry-After`, and its
  // tier pauses (specs/figma says which operation is of which): https://developers.figma.com/docs/rest-api/rate-limits
  rateLimitHeaders: "none",
  pagination: [
    {
      kind: "cursor",
      items: ["rows"],
      from: { body: ["cursor"] },
      into: { in: "query", name: "cursor" },
      more: ["next_page"],
    },
    {
      kind: "cursor",
      items: "by-path",
      from: { body: ["meta", "cursor", "after"] },
      into: { in: "query", name: "after" },
      opposite: "before",
    },
    {
      kind: "cursor",
      items: ["meta", "items"],
      from: { body: ["meta", "cursor"] },
      into: { in: "body", name: "cursor" },
      more: ["meta", "has_more"],
    },
    {
      kind: "cursor",
      items: ["rows"],
      from: { body: ["next_cursor"] },
      into: { in: "query", name: "cursor" },
      more: ["has_next_page"],
    },
    { kind: "next-url", items: "by-path", next: ["pagination", "next_page"] },
  ],
  // Two shapes, whichever operation it is: `{ status, err }` and `{ error: true, status, message }`.
  errors: { message: ["err"], otherShapes: [{ message: ["message"] }] },
} as const satisfies ProviderProfile;
