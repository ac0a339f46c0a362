import type { ProviderFacts } from "@connectry/core";
import { expect, test } from "vitest";
import { CORE_FILES } from "../check/core-types.js";
import { readGeneratorProfile } from "../profile/generator-profile.js";
import { verifyOutput } from "../verify-output.js";
import { writeStrategies } from "./write-strategies.js";

const plain = { id: "acme", baseUrl: "https://api.acme.test", auth: { kind: "bearer", env: "A" }, body: "json" };
const none: ProviderFacts = { version: "1", operations: {}, pages: {} };

const tokenAuth = {
  kind: "client-credentials",
  tokenUrl: "/v1/oauth2/token",
  clientAuthentication: "basic",
  clientId: { name: "clientId", env: "ACME_CLIENT_ID" },
  clientSecret: { name: "clientSecret", env: "ACME_CLIENT_SECRET" },
};

/** What the list imports is in the declarations by which `connectry check` compiles it. */
function expectDeclared(text: string): void {
  for (const [, names = "", entry] of text.matchAll(/^import \{\n(.*?)\} from "@connectry\/core\/(\w+)"/gms))
    for (const [name] of names.matchAll(/\w+/g)) expect(CORE_FILES[`${entry}.d.ts`]).toContain(`const ${name}:`);
}

/** The body of the list. */
function listOf(profile: object = {}, facts: Partial<ProviderFacts> = {}): string {
  const text = writeStrategies(
    readGeneratorProfile({ ...plain, ...profile }),
    { ...none, ...facts },
    { sendsInt64: false },
  );
  verifyOutput("strategies.ts", text);
  expectDeclared(text);
  return text.slice(text.indexOf("= {\n") + 4, text.indexOf("} satisfies")).replace(/^ {2}/gm, "");
}

test("the strategies of a minimal profile are its authentication, its query style and the standard quota", () => {
  expect(listOf({})).toBe("auth: bearerAuth,\nquotas: standardQuotas,\nstyle: { repeat: repeatStyle },\n");
});

test.each<[what: string, input: { profile?: object; facts?: Partial<ProviderFacts> }, want: string]>([
  [
    "a credential of parts",
    { profile: { auth: { kind: "parts", parts: [{ in: "header", as: "plaid-secret" }] } } },
    "auth: partsAuth,\n",
  ],
  [
    "a credential in bodies",
    { profile: { auth: { kind: "parts", parts: [{ in: "body", as: "key" }] } } },
    "auth: bodyPartsAuth,\n",
  ],
  [
    "a credential that is exchanged for tokens",
    { profile: { auth: tokenAuth } },
    "auth: bearerAuth,\ntokenExchange,\n",
  ],
  ["basic auth", { profile: { auth: { kind: "basic" } } }, "auth: basicAuth,\n"],
  ["an API key in a header", { profile: { auth: { kind: "header", name: "x-key" } } }, "auth: headerAuth,\n"],
  [
    "an API key in a header, and bearer tokens of accounts",
    { profile: { auth: { kind: "header", name: "x-key", accounts: "bearer" } } },
    "auth: headerOrBearerAuth,\n",
  ],
  ["an API key in a query", { profile: { auth: { kind: "query", name: "key" } } }, "auth: queryAuth,\n"],
  [
    "a host that comes with the account",
    { profile: { baseUrl: "https://{shop}.acme.test", variables: { shop: { pattern: "[a-z]+" } } } },
    "accountAddress,\n",
  ],
  [
    "several environments",
    { profile: { environments: { live: {}, sandbox: { baseUrl: "https://sandbox.acme.test" } } } },
    "environment: selectEnvironment,\n",
  ],
  [
    "an environment whose host comes with the account",
    {
      profile: {
        environments: { test: {}, live: { baseUrl: "https://{prefix}-live.acme.test" } },
        variables: { prefix: { pattern: "[a-z]+" } },
      },
    },
    "accountAddress,\n",
  ],
  ["path parameters of the credential", { profile: { pathDefaults: { Sid: "sid" } } }, "pathDefaults,\n"],
  ["Unix dates", { profile: { dates: "unix-seconds" } }, "formatDate: unixSeconds,\n"],
  ["64-bit integers as bigints", { profile: { int64: "bigint" } }, "parseJson: parseBigInts,\n"],
  ["idempotency keys", { profile: { idempotency: { header: "k", methods: ["POST"] } } }, "idempotencyKey,\n"],
  [
    "idempotency keys in bodies",
    { profile: { idempotency: { field: "k", methods: [] } } },
    "idempotencyKey: bodyIdempotencyKey,\n",
  ],
  [
    "errors of several shapes",
    { profile: { errors: { message: ["err"], otherShapes: [{ message: ["message"] }] } } },
    "errorTexts: errorShapes,\n",
  ],
  ["errors in a map", { profile: { errors: { message: ["errors", "*"] } } }, "errorTexts: errorShapes,\n"],
  ["headers with limits of their own", { profile: { tenantHeaders: ["x-project"] } }, "tenantHeaders,\n"],
  ["a verdict header", { profile: { retry: { shouldRetryHeader: "x-retry" } } }, "shouldRetryHeader,\n"],
  [
    "quotas in headers that the profile names",
    { profile: { rateLimitHeaders: { limit: "l", remaining: "r" } } },
    "quotas: namedQuotas,\n",
  ],
  [
    "several quotas, one with a duration",
    {
      profile: {
        rateLimitHeaders: [
          { limit: "l", remaining: "r", reset: { name: "t", unit: "seconds" } },
          { limit: "m", remaining: "s", reset: { name: "u", unit: "duration" } },
        ],
      },
    },
    "quotas: textQuotas,\n",
  ],
  [
    "quotas in bodies",
    { profile: { rateLimitBody: [{ remaining: ["left"], reset: { windowMs: 1_000 } }] } },
    "bodyQuotas,\n",
  ],
  [
    "points that operations cost",
    { profile: { costLimit: { bucket: "default", size: 1_000, perSecond: 50, most: 1_000, report: {} } } },
    "pointCosts,\n",
  ],
  [
    "points that operations cost of a quota",
    { profile: { quotaCost: { bucket: "default", cost: ["cost"] } } },
    "quotaCosts,\n",
  ],
  [
    "quotas of path parameters that no header names",
    { profile: { quotaNames: { buckets: { default: "property" }, parameters: ["property"] } } },
    "quotaParameters,\n",
  ],
  ["responses that name their quota", { profile: { quotaNames: { header: "q" } } }, "quotaName,\n"],
  [
    "quotas of path parameters",
    { profile: { quotaNames: { header: "q", parameters: ["id"] } } },
    "quotaName,\nquotaParameters,\n",
  ],
  ["a limit per operation", { profile: { rateLimits: [{ per: "operation" }] } }, ""],
  [
    "a limit for each value of a parameter",
    { profile: { rateLimits: [{ per: "operation" }, { per: { parameter: "channel" } }] } },
    "limitValues,\n",
  ],
  ["requests at once", { profile: { concurrency: [{ limit: 5 }] } }, "concurrencyLimits,\n"],
  [
    "lists with a Link header",
    { profile: { pagination: [{ kind: "link-header", items: [] }] } },
    'pagination: { "link-header": linkHeaderPaging },\n',
  ],
  ["items by path", { profile: { pagination: [{ kind: "link-header", items: "by-path" }] } }, "itemsByPath,\n"],
  [
    "bracketed forms",
    { profile: { body: "form-brackets" } },
    'body: { "form-brackets": formBody },\nstyle: { repeat: repeatStyle, brackets: bracketStyle },\n',
  ],
  [
    "forms with JSON inside",
    { profile: { body: "form-json" } },
    'body: { "form-json": formBody },\nstyle: { repeat: repeatStyle },\n',
  ],
  [
    "an operation with another body",
    { facts: { operations: { "POST /a": { body: "multipart" } } } },
    "body: { multipart: multipartBody },\n",
  ],
  [
    "a parameter with another style",
    { facts: { operations: { "GET /a": { query: { ids: "comma" } } } } },
    "style: { repeat: repeatStyle, comma: delimitedStyle },\n",
  ],
])("the strategies for %s", (_, { profile, facts }, want) => {
  expect(listOf(profile, facts)).toContain(want);
});

test("the strategies of a profile without quota headers have no quota", () => {
  expect(listOf({ rateLimitHeaders: "none" })).not.toContain("quota");
  expect(() => listOf({ rateLimitHeaders: "all" })).toThrow(/rateLimitHeaders must be the names of headers, or "none"/);
});

test("what exchanges tokens is imported from an entry of its own, so that other connectors do not load it", () => {
  const textOf = (auth: object) =>
    writeStrategies(readGeneratorProfile({ ...plain, auth }), none, { sendsInt64: false });
  expect(textOf(tokenAuth)).toContain('import {\n  tokenExchange,\n} from "@connectry/core/oauth";\n\n');
  expect(textOf(plain.auth)).not.toContain("@connectry/core/oauth");
});

test("a profile with an envelope has what takes it off", () => {
  expect(listOf({ envelope: { field: "data" } })).toContain("unwrap: unwrapData,\n");
  expect(listOf()).not.toContain("unwrap");
});
