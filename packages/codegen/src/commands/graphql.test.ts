import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildSchema, introspectionFromSchema } from "graphql";
import { describe, expect, test, vi } from "vitest";
import { serve } from "../../test/local-server.js";
import { publish, serveRegistry } from "../../test/npm-registry.js";
import { runCli } from "../../test/run-cli.js";
import { tempFolder, writeFiles } from "../../test/temp-folder.js";
import { sha256 } from "../source/sha256.js";

const schema = `
directive @idempotent(key: String!) on FIELD
scalar DateTime
scalar Money
type PageInfo { hasNextPage: Boolean!, endCursor: String }
type Product { id: ID!, title: String!, price: Money!, madeAt: DateTime, variants(first: Int, after: String): VariantConnection! }
type Variant { id: ID! }
type VariantConnection { nodes: [Variant!]!, pageInfo: PageInfo! }
type ProductEdge { node: Product!, cursor: String! }
type ProductConnection { nodes: [Product!]!, edges: [ProductEdge!]!, pageInfo: PageInfo! }
union Anything = Product | Shop
type Shop { name: String!, products(first: Int!, after: String, madeAfter: DateTime): ProductConnection! }
type Query { shop: Shop, anything(id: ID!): Anything, all(after: String): [Product!]! }
type UserError { field: [String!], message: String! }
type MediaUserError { code: String }
input ProductInput { id: ID!, price: Money }
type ProductPayload { product: Product, userErrors: [UserError!]!, mediaUserErrors: [MediaUserError!]! }
type Mutation { productUpdate(product: ProductInput!): ProductPayload }
type Subscription { changed: Product }
`;

const pageInfo = "pageInfo { hasNextPage endCursor }";
const products = `query Products($first: Int!, $after: String, $from: DateTime) {
  shop { products(first: $first, after: $after, madeAfter: $from) { nodes { ...Card } ${pageInfo} } }
}
`;
const card = "fragment Card on Product { id price madeAt ...Name }\nfragment Name on Product { title }\n";
const update = `mutation Update($product: ProductInput!, $key: String!) {
  productUpdate(product: $product) @idempotent(key: $key) { errors: userErrors { field } mediaUserErrors { code } }
}
`;
const files = {
  "schema.graphql": schema,
  "src/products.graphql": products,
  "src/parts/card.graphql": card,
  "src/update.graphql": update,
};

const args = ["graphql", "schema.graphql", "src/**/*.graphql", "--out", "src/gql.ts"];

/** The text that the command writes for documents. */
async function written(own: Readonly<Record<string, string>> = files, more: readonly string[] = []): Promise<string> {
  const cwd = await tempFolder({ "schema.graphql": schema, ...own });
  const { code, stderr } = await runCli([...args, ...more], { cwd });
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return readFile(join(cwd, "src/gql.ts"), "utf8");
}

/** The module that it writes for one document, without types. */
async function constants(document: string): Promise<string> {
  const text = await written({ "src/one.graphql": document });
  return text.slice(text.indexOf("/** A "));
}

describe("connectry graphql writes", () => {
  test("one constant for each operation, with the text of its fragments from any file, and the types of these alone", async () => {
    const cwd = await tempFolder(files);
    const { stdout } = await runCli(args, { cwd });
    expect(stdout).toBe("src/gql.ts: 2 operations, written\n");
    const text = await readFile(join(cwd, "src/gql.ts"), "utf8");
    expect(text).toContain(
      `  text: "query Products($first:Int!$after:String$from:DateTime){shop{products(first:$first after:$after madeAfter:$from){nodes{...Card}pageInfo{hasNextPage endCursor}}}}fragment Card on Product{id price madeAt ...Name}fragment Name on Product{title}",`,
    );
    expect(text).toContain("export type ProductInput = {");
    for (const unused of ["Variant", "Anything", "Exact<", "Incremental<", "any"]) expect(text).not.toContain(unused);
  });

  test("the same bytes for the same input, wherever its operations are", async () => {
    const text = await written();
    const names = [...text.matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
    expect(names).toEqual(["Products", "Update"]);
    expect(await written()).toBe(text);
    const moved = await written({ "src/z.graphql": products, "src/a.graphql": card + update });
    expect(moved.replaceAll(/src\/\w+\.graphql/g, "")).toBe(text.replaceAll(/src\/\w+\.graphql/g, ""));
  });

  test("nothing where nothing changed", async () => {
    const cwd = await tempFolder(files);
    await runCli(args, { cwd });
    expect((await runCli(args, { cwd })).stdout).toBe("src/gql.ts: 2 operations, unchanged\n");
  });

  test("ids as text, scalars as they are named, and all others as unknown", async () => {
    expect(await written()).toContain("readonly id: string, readonly price: unknown, readonly madeAt: unknown");
    const text = await written(files, ["--scalar", "Money=string", "--scalar", "DateTime=date"]);
    expect(text).toContain("readonly id: string, readonly price: string, readonly madeAt: string | null");
    expect(text).toContain("readonly from?: string | Date | null | undefined;");
    expect(text).toContain("readonly id: string;\n  readonly price?: string | null | undefined;");
  });

  test("where the one connection of a query goes on, and the type of its items", async () => {
    const text = await constants(products + card);
    expect(text).toContain(
      `  page: {"items":["shop","products","nodes"],"cursor":["shop","products","pageInfo","endCursor"],"more":["shop","products","pageInfo","hasNextPage"],"into":"after"},`,
    );
    expect(text).toContain(
      `as GraphqlList<ProductsQuery, ProductsQueryVariables, NonNullable<NonNullable<NonNullable<ProductsQuery["shop"]>["products"]>["nodes"]>[number]>;`,
    );
  });

  test.each([
    [
      "aliases",
      `query Q($c: String) { s: shop { p: products(first: 1, after: $c) { n: nodes { id } i: ${pageInfo} } } }`,
      ["s", "p", "n"],
    ],
    [
      "edges",
      `query Q($c: String) { shop { products(first: 1, after: $c) { edges { node { id } } ${pageInfo} } } }`,
      ["shop", "products", "edges"],
    ],
    [
      "a fragment of one type of a union",
      `query Q($c: String) { anything(id: 1) { ... on Shop { products(first: 1, after: $c) { nodes { id } ${pageInfo} } } } }`,
      ["anything", "products", "nodes"],
    ],
  ])("a list with %s", async (_, document, items) => {
    const text = await constants(document);
    expect(text).toContain(`page: {"items":${JSON.stringify(items)}`);
    expect(text).toContain('"into":"c"');
  });

  const connection = (first: string, after: string) =>
    `products(first: ${first}, after: ${after}) { nodes { id } ${pageInfo} }`;
  test.each([
    ["its `after` is not a variable", `query Q { shop { ${connection("1", '"x"')} } }`],
    ["it has no `pageInfo`", "query Q($c: String) { shop { products(first: 1, after: $c) { nodes { id } } } }"],
    [
      "its `pageInfo` has no cursor",
      "query Q($c: String) { shop { products(first: 1, after: $c) { nodes { id } pageInfo { hasNextPage } } } }",
    ],
    ["there are two", `query Q($c: String) { shop { a: ${connection("1", "$c")} b: ${connection("2", "$c")} } }`],
    [
      "it is inside of a list",
      `query Q($c: String) { shop { products(first: 1) { nodes { variants(after: $c) { nodes { id } ${pageInfo} } } } } }`,
    ],
    ["it is not a connection", "query Q($c: String) { all(after: $c) { id } }"],
  ])("a query that cannot be paginated, because %s", async (_, document) => {
    const text = await constants(document);
    expect(text).toContain("as GraphqlQuery<QQuery, ");
    expect(text).not.toContain("page:");
  });

  test("where a mutation has its user errors, with their types", async () => {
    const text = await constants(update);
    expect(text).toContain(`userErrors: [["productUpdate","errors"],["productUpdate","mediaUserErrors"]],`);
    expect(text).toContain(
      `as GraphqlMutation<UpdateMutation, UpdateMutationVariables, NonNullable<NonNullable<UpdateMutation["productUpdate"]>["errors"]>[number] | NonNullable<NonNullable<UpdateMutation["productUpdate"]>["mediaUserErrors"]>[number]>;`,
    );
  });
});

describe("the schema", () => {
  const only = { "src/products.graphql": products + card };
  const introspection = JSON.stringify({ data: introspectionFromSchema(buildSchema(schema)) });
  const schemas = {
    "an introspection result": { "schema.json": introspection },
    "a gzipped one": { "schema.json.gz": gzipSync(introspection) },
  };
  test.each(Object.entries(schemas))("can be %s", async (_, file) => {
    const cwd = await tempFolder({ ...only, ...(file as Record<string, string | Uint8Array>) });
    const { code } = await runCli(["graphql", Object.keys(file)[0]!, ...args.slice(2)], { cwd });
    expect(code).toBe(0);
    expect(await readFile(join(cwd, "src/gql.ts"), "utf8")).toBe(await written(only));
  });

  test("can be a file of an npm package", async () => {
    const { url } = await serveRegistry([await publish("acme-schema", "1.2.3", { "schema.graphql": schema })]);
    const cwd = await tempFolder(only);
    const name = "npm:acme-schema@1.2.3/schema.graphql";
    const { code } = await runCli(["graphql", name, ...args.slice(2)], { cwd, registry: url });
    expect(code).toBe(0);
    expect(await readFile(join(cwd, "src/gql.ts"), "utf8")).toBe(await written(only));
  });

  const spec = (hash: string) => `
documents:
  - { name: acme, source: acme.json, sha256: "${"0".repeat(64)}" }
graphql:
  source: ../../schema.graphql
  sha256: "${hash}"
  scalars: { Money: string, DateTime: date }
  idempotency: { directive: idempotent, argument: key }
`;

  test("can be that of a provider, with its scalars, and a key that may be left out", async () => {
    const cwd = await tempFolder({ ...files, "specs/acme/spec.yaml": spec(sha256(Buffer.from(schema))) });
    const { code } = await runCli(["graphql", "acme", ...args.slice(2)], { cwd });
    expect(code).toBe(0);
    const text = await readFile(join(cwd, "src/gql.ts"), "utf8");
    expect(text).toContain("readonly price: string");
    expect(text).toContain("readonly key?: string | null | undefined;");
    expect(text).toContain("$key:String!");
  });

  test("of a provider is not used where its hash is another, or it has none", async () => {
    const cwd = await tempFolder({ ...files, "specs/acme/spec.yaml": spec("1".repeat(64)) });
    expect((await runCli(["graphql", "acme", ...args.slice(2)], { cwd })).stderr).toContain("is not the pinned one");
    const none = spec("").replace(/graphql:[\s\S]*/, "");
    await writeFiles(cwd, { "specs/acme/spec.yaml": none });
    expect((await runCli(["graphql", "acme", ...args.slice(2)], { cwd })).stderr).toContain(
      "acme has no pinned schema",
    );
  });

  test("is rejected where it is not valid", async () => {
    const cwd = await tempFolder({ ...only, "schema.graphql": "type Query {" });
    expect((await runCli(args, { cwd })).stderr).toMatch(/^connectry: schema\.graphql is not a GraphQL schema: Syntax/);
  });

  test("is asked of the provider, through its connector", async () => {
    const asked: string[] = [];
    const server = await serve((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      response.setHeader("content-type", "application/json").end(introspection);
    });
    const root = new URL("../../../../", import.meta.url).pathname;
    const cwd = join(root, "examples");
    const folder = await tempFolder(only);
    vi.stubEnv("GITHUB_TOKEN", "ghp_1");
    const out = join(folder, "gql.ts");
    const pattern = "two-calls.graphql";
    await writeFile(join(cwd, pattern), products + card);
    try {
      const from = ["@connectry/github", pattern, "--out", out, "--introspect", "--base-url", server.url];
      const { stderr, code } = await runCli(["graphql", ...from], { cwd });
      expect([stderr, code]).toEqual(["", 0]);
    } finally {
      vi.unstubAllEnvs();
      await rm(join(cwd, pattern));
    }
    expect(asked).toEqual(["POST /graphql Bearer ghp_1"]);
    expect(await readFile(out, "utf8")).toContain("as GraphqlList<ProductsQuery");
  });
});

describe("a mistake is reported with its file, line and column", () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    [
      "a syntax error",
      { "src/a.graphql": "query A {\n  shop {" },
      "src/a.graphql:2:9: Syntax Error: Expected Name, found <EOF>.",
    ],
    [
      "an unknown field",
      { "src/a.graphql": "query A {\n  shop { nme }\n}" },
      'src/a.graphql:2:10: Cannot query field "nme" on type "Shop". Did you mean "name"?',
    ],
    ["no name", { "src/a.graphql": "{ shop { name } }" }, "src/a.graphql:1:1: An operation must have a name"],
    [
      "a name that is taken",
      { "src/a.graphql": "query A { shop { name } }", "src/b.graphql": "query A { shop { name } }" },
      'src/a.graphql:1:7: There can be only one operation named "A".',
    ],
    [
      "a fragment that no file has",
      { "src/a.graphql": "query A { shop { ...Lost } }" },
      'src/a.graphql:1:21: Unknown fragment "Lost".',
    ],
    [
      "a reserved word",
      { "src/a.graphql": "query delete { shop { name } }" },
      '"delete" cannot be the name of a constant',
    ],
    [
      "a subscription",
      { "src/a.graphql": "subscription S { changed { id } }" },
      "src/a.graphql:1:1: A subscription cannot",
    ],
  ];
  test.each(cases)("%s", async (_, own, message) => {
    const cwd = await tempFolder({ "schema.graphql": schema, ...own });
    const { code, stderr } = await runCli(args, { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(await readFile(join(cwd, "src/gql.ts"), "utf8").catch(() => undefined)).toBeUndefined();
  });

  test("no file that matches, and a file of the user's own in the place of the output", async () => {
    const cwd = await tempFolder({ "schema.graphql": schema });
    expect((await runCli(args, { cwd })).stderr).toContain("No file matches src/**/*.graphql");
    await writeFiles(cwd, { ...files, "src/gql.ts": "export const mine = 1;\n" });
    expect((await runCli(args, { cwd })).stderr).toContain("src/gql.ts was not generated by `connectry graphql`");
    expect(await readFile(join(cwd, "src/gql.ts"), "utf8")).toBe("export const mine = 1;\n");
  });
});

test("a text of the schema never becomes code", async () => {
  const hostile = `${schema}\n"*/ export const pwned = 1; /*"\ninput Evil { "*/ pwned /*" a: Int = 1 }\nextend type Query { evil(e: Evil @deprecated(reason: "*/ pwned")): Int }`;
  const cwd = await tempFolder({ "schema.graphql": hostile, "src/a.graphql": "query A($e: Evil) { evil(e: $e) }" });
  expect((await runCli(args, { cwd })).code).toBe(0);
  const text = await readFile(join(cwd, "src/gql.ts"), "utf8");
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, "");
  expect(code).toContain("Evil");
  expect(code).not.toContain("pwned");
});

test("--watch writes again after a change, reports mistakes, and ends when it is interrupted", async () => {
  const cwd = await tempFolder({ "schema.graphql": schema, "src/a.graphql": "query A { shop { name } }" });
  const out = join(cwd, "src/gql.ts");
  const timeout = 20_000;
  const until = async (text: string) =>
    vi.waitFor(async () => expect(await readFile(out, "utf8")).toContain(text), { timeout });
  const errors: string[] = [];
  const { code, stdout } = await runCli([...args, "--watch"], {
    cwd,
    onError: (text) => errors.push(text),
    async whileRunning() {
      await until("export const A ");
      await writeFile(join(cwd, "src/b.graphql"), "query B { shop { name } }");
      await until("export const B ");
      await rm(join(cwd, "src/a.graphql"));
      await vi.waitFor(async () => expect(await readFile(out, "utf8")).not.toContain("export const A "), { timeout });
      // Its error is printed before the next change is read.
      await writeFile(join(cwd, "src/b.graphql"), "query B {");
      await vi.waitFor(() => expect(errors.join("")).toContain("src/b.graphql:1:10: Syntax Error"), { timeout });
    },
  });
  expect(code).toBe(0);
  expect(stdout).toContain("src/gql.ts: 2 operations, written");
});
