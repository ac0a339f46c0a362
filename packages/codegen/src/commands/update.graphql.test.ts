import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { acmeProject, filesBelow, targets } from "../../test/acme-project.js";
import { publish, serveRegistry } from "../../test/npm-registry.js";
import { runCli } from "../../test/run-cli.js";
import { sampleDocument } from "../../test/sample-document.js";
import { sha256 } from "../source/sha256.js";

const schema = `type Query { product(id: ID!): Product products: [Product!]! }
type Mutation { productDelete(id: ID!): ID }
type Product { id: ID! title: String! kind: Kind }
enum Kind { GIFT GOODS }
`;

/** A project of an API of GraphQL alone, whose schema is in an npm package. */
async function project(newer: string | undefined, fields = "endpoint: { path: /graphql.json, version: 2026-07 }") {
  const first = await publish("acme-schema", "1.0.0", { "schema.graphql": schema });
  const second = await publish("acme-schema", "1.1.0", { "schema.graphql": newer ?? "" });
  const registry = await serveRegistry(newer === undefined ? [first] : [first, second]);
  const cwd = await acmeProject(sampleDocument, {
    "package.json": JSON.stringify({ name: "@acme/client", version: "0.3.0" }),
    ".changeset/config.json": "{}",
    "specs/acme/spec.yaml": `${targets}# The schema of Acme.
graphql:
  source: npm:acme-schema@1.0.0/schema.graphql # the only one
  integrity: ${first.integrity}
  sha256: "${sha256(schema)}"
  ${fields}
`,
  });
  return { cwd, options: { cwd, registry: registry.url }, second };
}

const read = (cwd: string, file: string) => readFile(join(cwd, file), "utf8");
const changesetOf = async (cwd: string) =>
  Object.entries(await filesBelow(cwd)).find(([path]) => path.startsWith(".changeset/update-acme-"))?.[1];

describe("a provider of GraphQL alone", () => {
  test("has a client of its endpoint, and a surface of its queries, mutations and types", async () => {
    const { cwd, options } = await project(undefined);
    expect(await runCli(["generate"], options)).toMatchObject({ code: 0 });
    const titles = (await read(cwd, "specs/acme/surface.txt")).split("\n").map((line) => line.split("  ")[0]);
    expect(titles).toEqual([
      "POST /graphql.json",
      "schema GraphqlError",
      "schema GraphqlRequest",
      "schema GraphqlResponse",
      "QUERY product",
      "QUERY products",
      "MUTATION productDelete",
      "type Kind",
      "type Product",
      "",
    ]);
    expect(await runCli(["check"], options)).toMatchObject({ code: 0 });
    expect(await read(cwd, "src/generated/facts.ts")).toContain('version: "2026-07"');
  });

  test("is updated: pin, surface and changeset follow the newest schema, and comments stay", async () => {
    const newer = schema
      .replace(" products: [Product!]!", "")
      .replace("GOODS", "GOODS SERVICE")
      .replace("id: ID! title", "id: ID! sku: String title");
    const { cwd, options, second } = await project(newer);
    await runCli(["generate"], options);
    const before = await read(cwd, "specs/acme/surface.txt");
    expect(await runCli(["update"], options)).toMatchObject({
      code: 0,
      stdout: `acme: npm:acme-schema@1.0.0/schema.graphql -> npm:acme-schema@1.1.0/schema.graphql
acme: 1 breaking, 2 additive, 0 invisible; @acme/client minor
`,
    });
    const spec = await read(cwd, "specs/acme/spec.yaml");
    expect(spec).toContain("source: npm:acme-schema@1.1.0/schema.graphql # the only one");
    expect(spec).toContain(`integrity: ${second.integrity}`);
    expect(spec).toContain(sha256(newer));
    const after = await read(cwd, "specs/acme/surface.txt");
    expect(after).not.toContain("QUERY products");
    expect(after).not.toBe(before);
    const changeset = await changesetOf(cwd);
    expect(changeset).toContain("Query.products was removed");
    expect(changeset).toContain("SERVICE was added to enum type Kind");
    expect(changeset).toContain("type Product");
    expect(await runCli(["check"], options)).toMatchObject({ code: 0 });
    expect(await runCli(["update"], options)).toMatchObject({ code: 0, stdout: "acme: no newer document\n" });
  });

  test("is not changed where the newest schema cannot be read", async () => {
    const { cwd, options } = await project("type Query {");
    await runCli(["generate"], options);
    const before = await filesBelow(join(cwd, "specs"));
    const { code, stderr } = await runCli(["update"], options);
    expect(code).toBe(1);
    expect(stderr).toContain("npm:acme-schema@1.1.0/schema.graphql is not a GraphQL schema");
    expect(await filesBelow(join(cwd, "specs"))).toEqual(before);
  });

  test("is pulled as the text of its schema, and a wrong hash is refused", async () => {
    const { cwd, options } = await project(undefined);
    expect(await runCli(["pull", "--out", "documents"], options)).toMatchObject({ code: 0 });
    expect(await read(cwd, "documents/acme.graphql")).toContain("enum Kind {");
    const wrong = await project(undefined);
    const file = join(wrong.cwd, "specs/acme/spec.yaml");
    await writeFile(file, (await readFile(file, "utf8")).replace(sha256(schema), "0".repeat(64)));
    const { code, stderr } = await runCli(["pull"], wrong.options);
    expect([code, stderr]).toEqual([1, expect.stringContaining(sha256(schema))]);
  });

  test.each([
    ["date: 2026", "documents"],
    ["endpoint: { path: graphql, version: 1 }", "path"],
    ["endpoint: { version: 2026-07 }", "path"],
    ["endpoint: { path: /graphql }", "version"],
  ])("needs a complete endpoint: %s", async (fields, missing) => {
    const { options } = await project(undefined, fields);
    const { code, stderr } = await runCli(["generate"], options);
    expect([code, stderr]).toEqual([1, expect.stringContaining(missing)]);
  });
});
