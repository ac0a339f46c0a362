import { expect, test } from "vitest";
import type { Facts } from "../facts/collect-facts.js";
import { readGeneratorProfile } from "../generator-profile.js";
import { verifyOutput } from "../verify-output.js";
import { writeStrategies } from "./write-strategies.js";

const plain = { id: "acme", baseUrl: "https://api.acme.test", auth: { kind: "bearer", env: "A" }, body: "json" };
const none: Facts = { version: "1", operations: {}, pages: {} };

/** The body of the list. */
function listOf(profile: object, facts: Partial<Facts> = {}): string {
  const text = writeStrategies(readGeneratorProfile({ ...plain, ...profile }), { ...none, ...facts });
  verifyOutput("strategies.ts", text);
  return text.slice(text.indexOf("= {\n") + 4, text.indexOf("} satisfies")).replace(/^ {2}/gm, "");
}

test("a plain profile names its credential's scheme, how queries are written, and the standard's quota", () => {
  expect(listOf({})).toBe("auth: bearerAuth,\nquota: standardQuota,\nstyle: { repeat: repeatStyle },\n");
});

test.each<[what: string, profile: object, facts: Partial<Facts>, want: string]>([
  ["basic auth", { auth: { kind: "basic" } }, {}, "auth: basicAuth,\n"],
  ["an API key in a header", { auth: { kind: "header", name: "x-key" } }, {}, "auth: headerAuth,\n"],
  ["an API key in a query", { auth: { kind: "query", name: "key" } }, {}, "auth: queryAuth,\n"],
  ["path parameters of the credential", { pathDefaults: { Sid: "sid" } }, {}, "pathDefaults,\n"],
  ["Unix dates", { dates: "unix-seconds" }, {}, "date: unixSeconds,\n"],
  ["idempotency keys", { idempotency: { header: "k", methods: ["POST"] } }, {}, "idempotencyKey,\n"],
  ["a verdict header", { retry: { verdictHeader: "x-retry" } }, {}, "verdictHeader,\n"],
  ["rules about bodies", { retry: { rules: [{ when: { body: { at: [], equals: 1 } } }] } }, {}, "bodyCondition,\n"],
  ["a rule with a time", { retry: { rules: [{ when: {}, until: { header: "x" } }] } }, {}, "until: epochSeconds,\n"],
  ["quotas in headers of its own", { rateLimitHeaders: { limit: "l", remaining: "r" } }, {}, "quota: namedQuota,\n"],
  [
    "lists by Link",
    { pagination: [{ kind: "link-header", items: [] }] },
    {},
    'pagination: { "link-header": linkHeaderPaging },\n',
  ],
  ["items by path", { pagination: [{ kind: "link-header", items: "by-path" }] }, {}, "itemsByPath,\n"],
  [
    "bracketed forms",
    { body: "form-brackets" },
    {},
    'body: { "form-brackets": formBody },\nstyle: { repeat: repeatStyle, brackets: bracketStyle },\n',
  ],
  [
    "forms with JSON inside",
    { body: "form-json" },
    {},
    'body: { "form-json": formBody },\nstyle: { repeat: repeatStyle },\n',
  ],
  [
    "an operation with another body",
    {},
    { operations: { "POST /a": { body: "multipart" } } },
    "body: { multipart: multipartBody },\n",
  ],
  [
    "a parameter with another style",
    {},
    { operations: { "GET /a": { query: { ids: "comma" } } } },
    "style: { repeat: repeatStyle, comma: delimitedStyle },\n",
  ],
])("%s", (_, profile, facts, want) => {
  expect(listOf(profile, facts)).toContain(want);
});

test("a provider that tells of no quota carries nothing that would read one", () => {
  expect(listOf({ rateLimitHeaders: "none" })).not.toContain("quota");
  expect(() => listOf({ rateLimitHeaders: "all" })).toThrow(/rateLimitHeaders must be the names of headers, or "none"/);
});
