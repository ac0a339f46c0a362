import { expect, test } from "vitest";
import { loadedDocument, readNamed, readProfile } from "../../../test/sample-input.js";
import { collectFacts } from "./collect-facts.js";

const securitySchemes = {
  bearer: { type: "http", scheme: "bearer" },
  basic: { type: "http", scheme: "basic" },
  oauth: { type: "oauth2", flows: {} },
  key: { type: "apiKey", in: "header", name: "X-Key" },
  query: { type: "apiKey", in: "query", name: "key" },
  cookie: { type: "apiKey", in: "cookie", name: "sid" },
  whole: { type: "apiKey", in: "header", name: "Authorization" },
};

/** The operations that are sent without the credential, of one for each requirement. */
function without(auth: object, all: Readonly<Record<string, unknown>>, more: object = {}): string[] {
  const paths = Object.fromEntries(
    Object.entries(all).map(([name, security]) => [
      `/${name}`,
      { get: { ...(security !== undefined && { security }) } },
    ]),
  );
  const document = loadedDocument({ paths, components: { securitySchemes }, ...more });
  const profile = readProfile({ auth });
  const { operations } = collectFacts({
    documents: [document],
    operations: readNamed([document], profile),
    pages: [],
    profile,
  });
  return Object.entries(operations).flatMap(([key, facts]) =>
    facts.auth === false ? [key.slice("GET /".length)] : [],
  );
}

const all = {
  bearer: [{ bearer: [] }],
  basic: [{ basic: [] }],
  oauth: [{ oauth: [] }],
  key: [{ key: [] }],
  query: [{ query: [] }],
  cookie: [{ cookie: [] }],
  whole: [{ whole: [] }],
  either: [{ basic: [] }, { bearer: [] }, { key: [] }, { query: [] }],
  both: [{ key: [], query: [], bearer: [], basic: [] }],
  optional: [{}, { bearer: [] }],
  none: [],
  silent: undefined,
  unknown: [{ nobody: [] }],
};

test.each<[auth: object, want: string[]]>([
  [{ kind: "bearer" }, ["basic", "cookie", "key", "none", "query"]],
  [{ kind: "bearer", prefix: "Bot" }, ["basic", "cookie", "key", "none", "oauth", "query"]],
  [{ kind: "header", name: "x-key" }, ["basic", "bearer", "cookie", "none", "oauth", "optional", "query", "whole"]],
  [
    { kind: "header", name: "x-key", accounts: "bearer" },
    ["basic", "bearer", "cookie", "none", "optional", "query", "whole"],
  ],
  [{ kind: "header", name: "authorization" }, ["cookie", "key", "none", "query"]],
  [
    { kind: "header", name: "cookie", prefix: "sid=" },
    ["basic", "bearer", "both", "either", "key", "none", "oauth", "optional", "query", "whole"],
  ],
  [{ kind: "query", name: "key" }, ["basic", "bearer", "cookie", "key", "none", "oauth", "optional", "whole"]],
])("the credential %j is not sent where an operation takes none or another one", (auth, want) => {
  expect(without(auth, all).sort()).toEqual(want);
});

test("an operation takes what its document requires everywhere, unless it says something itself", () => {
  const own = { silent: undefined, none: [], bearer: [{ bearer: [] }] };
  expect(without({ kind: "bearer" }, own, { security: [{ key: [] }] }).sort()).toEqual(["none", "silent"]);
});

test("where no scheme is the profile's, the profile knows better; what takes none takes none", () => {
  expect(without({ kind: "query", name: "mine" }, { key: [{ key: [] }], basic: [{ basic: [] }], none: [] })).toEqual([
    "none",
  ]);
});
