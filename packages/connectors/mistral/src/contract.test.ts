import { readFile } from "node:fs/promises";
import { loadDocuments } from "@connectry/codegen";
import { connectorContract } from "@connectry/testing";
import { test } from "vitest";
import { createMistral, facts, profile } from "./index.js";

const documents = (await loadDocuments("mistral")).map(({ json }) => json);
const responses = JSON.parse(await readFile(new URL("../test/responses.json", import.meta.url), "utf8"));

for (const { name, run } of connectorContract(profile, { create: createMistral, facts, documents, responses }))
  test(name, run, 300_000);
