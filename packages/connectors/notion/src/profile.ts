import type { ProviderProfile } from "@connectry/core";

/** The facts of Notion's API. */
export const profile = {
  id: "notion",
  name: "Notion",
  baseUrl: "https://api.notion.com",
  // https://developers.notion.com/reference/authentication. The variable is that of Notion's own MCP server.
  auth: { kind: "bearer", env: "NOTION_TOKEN", accounts: true },
  // Every request needs it, or is a 400 with `missing_version`: https://developers.notion.com/reference/versioning. It is the version that the
  // document describes, whose own version is another.
  headers: { "notion-version": "2025-09-03" },
  body: "json",
  retry: {
    rules: [
      // "Connections should handle HTTP 429 and 529 responses and respect the Retry-After response header":
      // https://developers.notion.com/reference/request-limits. Notion's SDK sends any method again after either (src/Client.ts, `canRetry`).
      { when: { status: 529 }, verdict: "throttled", notApplied: true },
    ],
  },
  // No numbers: the budget of a connection is one of 60 seconds that depends on the plan, that of the workspace is shared by its connections,
  // and no header reports either (the same page).
  rateLimitHeaders: "none",
  // https://developers.notion.com/reference/intro#pagination: the cursor of a POST is in its body.
  pagination: [
    {
      kind: "cursor",
      items: ["results"],
      from: { body: ["next_cursor"] },
      into: { in: "query", name: "start_cursor" },
      more: ["has_more"],
    },
    {
      kind: "cursor",
      items: ["results"],
      from: { body: ["next_cursor"] },
      into: { in: "body", name: "start_cursor" },
      more: ["has_more"],
    },
  ],
  // https://developers.notion.com/reference/status-codes, and for the header src/errors.ts of `@notionhq/client`.
  errors: { message: ["message"], code: ["code"], requestId: "x-notion-request-id" },
} as const satisfies ProviderProfile;
