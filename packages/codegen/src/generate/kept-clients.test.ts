import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildSchema } from "graphql";
import { expect, test } from "vitest";
import { loadedDocument, sampleProfile } from "../../test/sample-input.js";
import { tempFolder } from "../../test/temp-folder.js";
import { type GenerateInput, generate } from "./generate.js";
import { hashGenerator } from "./generator-hash.js";
import { type KeptClientsOptions, keepClients } from "./kept-clients.js";

const pets = loadedDocument({
  paths: { "/pets": { get: { operationId: "listPets", responses: { 204: {} } } } },
  webhooks: { newPet: { post: { requestBody: { content: { "application/json": { schema: { type: "object" } } } } } } },
});
const input: GenerateInput = { provider: "acme", documents: [pets], profile: sampleProfile() };

/** The generator over a folder, and how often it generated. */
function counted(folder: string, options: Partial<KeptClientsOptions> = {}) {
  const counts = { generated: 0 };
  const load = async () => async (one: GenerateInput) => {
    counts.generated += 1;
    return generate(one);
  };
  return { counts, kept: keepClients({ folder, load, generatorHash: async () => "a", ...options }) };
}

test("a client is generated once for the same input, by all processes, with the same bytes", async () => {
  const folder = await tempFolder({});
  const [one, other] = [counted(folder), counted(folder)];
  const first = await one.kept(input);
  expect(await other.kept(structuredClone(input))).toEqual(first);
  expect(first).toEqual(await generate(input));
  expect([one.counts.generated, other.counts.generated]).toEqual([1, 0]);
});

const others: readonly (readonly [string, Partial<GenerateInput>])[] = [
  ["document", { documents: [{ ...pets, json: { ...pets.json, paths: {} } }] }],
  ["origin of a document", { documents: [{ ...pets, origin: "other.json" }] }],
  ["profile", { profile: sampleProfile({ body: "form-brackets" }) }],
  ["provider", { provider: "other" }],
  ["place of the webhooks", { webhooks: { kind: "entries" } }],
  ["GraphQL schema", { schema: buildSchema("type Query { a: Int }") }],
];

test.each(others)("a client is generated anew for another %s", async (_, changed) => {
  const { counts, kept } = counted(await tempFolder({}));
  await kept(input);
  const other = await kept({ ...input, ...changed });
  expect(counts.generated).toBe(2);
  expect(other).toEqual(await generate({ ...input, ...changed }));
});

test("a client is generated anew by another generator", async () => {
  const folder = await tempFolder({});
  await counted(folder).kept(input);
  const { counts, kept } = counted(folder, { generatorHash: async () => "b" });
  await kept(input);
  expect(counts.generated).toBe(1);
  expect(await hashGenerator()).toMatch(/^[0-9a-f]{64}$/);
});

test("a client that is damaged on disk is generated anew, and kept again", async () => {
  const folder = await tempFolder({});
  const { counts, kept } = counted(folder);
  const first = await kept(input);
  for (const name of await readdir(folder)) await writeFile(join(folder, name), "damaged");
  expect(await kept(input)).toEqual(first);
  expect(await kept(input)).toEqual(first);
  expect(counts.generated).toBe(2);
});

test("a folder that cannot be written keeps nothing, and the client is generated", async () => {
  const folder = await tempFolder({ file: "" });
  const { counts, kept } = counted(join(folder, "file"));
  expect((await kept(input)).operations).toBe(1);
  await kept(input);
  expect(counts.generated).toBe(2);
});

test("an input that fails is not kept", async () => {
  const folder = await tempFolder({});
  const { kept } = counted(folder);
  await expect(kept({ ...input, documents: [] })).rejects.toThrow("has no documents");
  expect(await readdir(folder)).toEqual([]);
});

test("the clients that were kept longest ago are removed", async () => {
  const folder = await tempFolder({});
  const { counts, kept } = counted(folder, { maxClients: 2 });
  for (const provider of ["a", "b", "c"]) await kept({ ...input, provider });
  expect(await readdir(folder)).toHaveLength(2);
  await kept({ ...input, provider: "c" });
  expect(counts.generated).toBe(3);
});
