import { readFile } from "node:fs/promises";
import { loadDocuments } from "@connectry/codegen";
import { connectorContract } from "@connectry/testing";
import { test } from "vitest";
import { createAsana, facts, profile } from "./index.js";
import { webhooks } from "./webhooks.js";

const documents = (await loadDocuments("asana")).map(({ json }) => json);
const responses = JSON.parse(await readFile(new URL("../test/responses.json", import.meta.url), "utf8"));

const options = { create: createAsana, facts, documents, responses, webhooks };
for (const { name, run } of connectorContract(profile, options)) test(name, run, 300_000);
