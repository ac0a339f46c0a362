import { expect, test } from "vitest";
import { runCli } from "../../test/run-cli.js";
import { tempFolder } from "../../test/temp-folder.js";

const responses = { 200: { description: "" } };
/** A document with every kind of security requirement: OpenAPI 3.1.1, Security Requirement Object. */
const document = JSON.stringify({
  openapi: "3.1.0",
  info: { title: "Pets", version: "1" },
  servers: [{ url: "https://pets.test" }],
  components: {
    securitySchemes: { oauth: { type: "oauth2", flows: {} }, key: { type: "apiKey", in: "header", name: "k" } },
  },
  security: [{ oauth: ["pets:read"] }],
  paths: {
    "/pets": {
      get: { operationId: "listPets", responses },
      post: { operationId: "createPet", responses, security: [{ oauth: ["pets:write", "audit"] }, { key: [] }] },
    },
    "/cats": {
      get: { operationId: "listCats", responses, security: [{ oauth: ["cats:read"] }, { oauth: ["pets:write"] }] },
      put: { operationId: "putCats", responses, security: [{ oauth_legacy: ["cats"] }, { oauth: ["cats:write"] }] },
    },
    "/health": { get: { operationId: "getHealth", responses, security: [] } },
  },
});
const sources = {
  "pets.json": document,
  "src/app.ts": 'await pets.safe.POST("/pets", {});\nawait pets.GET("/health");\nawait other.GET("/elsewhere");\n',
  "src/list.ts":
    'import { ListCats } from "./generated/operations.js";\nfor await (const pet of pets.paginate("/pets")) {}\nawait pets.call(ListCats);\n',
  "src/cats.ts": 'await pets.GET("/cats");\nawait pets.PUT("/cats", {});\n',
};
const run = async (...args: string[]) => runCli(["scopes", "pets.json", ...args], { cwd: await tempFolder(sources) });

test("scopes prints what the calls of sources need, and where they are", async () => {
  expect(await run("--usage", "src/app.ts")).toEqual({
    code: 0,
    stdout: `  GET /health
    (the document names no scopes)
    src/app.ts:2

  POST /pets
    audit + pets:write
    src/app.ts:1

Needed: audit pets:write
`,
    stderr: "",
  });
});

test("scopes are asked for once: one that is needed anyway is enough for an operation with alternatives", async () => {
  const { stdout } = await run("--json", "--usage", "src/{app,cats}.ts");
  expect(JSON.parse(stdout)).toMatchObject({ scopes: ["audit", "cats:write", "pets:write"], oneOf: [] });
});

test("where alternatives are open, they are listed as such", async () => {
  const { stdout } = await run("--usage", "src/list.ts");
  expect(stdout).toContain("GET /cats\n    cats:read or pets:write\n    src/list.ts:3\n");
  expect(stdout).toContain("Needed: audit pets:read pets:write\n");
  const cats = JSON.parse((await run("--json", "--usage", "src/cats.ts")).stdout);
  expect(cats).toMatchObject({ name: "pets.json", scopes: ["cats:write"], oneOf: [[["cats:read"], ["pets:write"]]] });
});

test("scopes of an extension count where no requirement has any, and the operation needs a credential", async () => {
  const get = (id: string, more: object) => ({ get: { operationId: id, responses, ...more } });
  const paths = {
    "/orders": get("listOrders", { "x-shop-scopes": ["orders:read", "lists:read"] }),
    "/public": get("listPublic", { security: [], "x-shop-scopes": ["orders:read"] }),
    "/pets": get("listPets", { security: [{ oauth: ["pets:read"] }], "x-shop-scopes": ["orders:read"] }),
    "/texts": get("listTexts", { "x-shop-scopes": "orders:read", "x-scopes": [] }),
  };
  const cwd = await tempFolder({
    "shop.json": JSON.stringify({ ...JSON.parse(document), security: undefined, paths }),
  });
  const { stdout } = await runCli(["scopes", "shop.json", "--json"], { cwd });
  expect(JSON.parse(stdout).operations).toMatchObject([
    { path: "/orders", alternatives: [["lists:read", "orders:read"]] },
    { path: "/pets", alternatives: [["pets:read"]] },
    { path: "/public", alternatives: [] },
    { path: "/texts", alternatives: [] },
  ]);
});

test("without sources, the scopes are those of all operations", async () => {
  expect((await run("--format", "markdown")).stdout).toBe(`| operation | scopes |
| --- | --- |
| \`GET /cats\` | \`cats:read\` or \`pets:write\` |
| \`PUT /cats\` | \`cats:write\` |
| \`GET /health\` | not in the document |
| \`GET /pets\` | \`pets:read\` |
| \`POST /pets\` | \`audit\` + \`pets:write\` |
`);
  expect(JSON.parse((await run("--json")).stdout)).not.toHaveProperty("scopes");
});

test("a document without scopes is said to have none", async () => {
  const silent = {
    ...JSON.parse(document),
    security: [],
    paths: { "/pets": { get: { operationId: "a", responses } } },
  };
  const cwd = await tempFolder({ "pets.json": JSON.stringify(silent) });
  const { stdout } = await runCli(["scopes", "pets.json"], { cwd });
  expect(stdout).toBe(
    "The document of pets.json names no scopes for any operation: see the provider's documentation.\n",
  );
});

test.each([
  [["--usage", "lib/*.ts"], "No file matches lib/*.ts."],
  [["--format", "xml"], '`--format` must be one of text, json, markdown, got "xml".'],
  [["more"], "`connectry scopes` requires one provider or document"],
])("scopes refuses %j", async (args, message) => {
  const { code, stderr } = await run(...args);
  expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
});
