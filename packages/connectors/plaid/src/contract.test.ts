import { readFile } from "node:fs/promises";
import { loadDocuments } from "@connectry/codegen";
import { connectorContract } from "@connectry/testing";
import { test } from "vitest";
import { createPlaid, facts, profile } from "./index.js";
import { createPlaidWebhooks } from "./webhooks.js";

const documents = (await loadDocuments("plaid")).map(({ json }) => json);
const responses = JSON.parse(await readFile(new URL("../test/responses.json", import.meta.url), "utf8"));

const webhooks = ({ fetch }: { fetch: typeof globalThis.fetch }) =>
  createPlaidWebhooks({ clientId: "client_id_1", fetch });
const options = { create: createPlaid, facts, documents, responses, webhooks };
for (const { name, run } of connectorContract(profile, options)) test(name, run, 300_000);
