import { readFile } from "node:fs/promises";
import { loadDocuments } from "@connectry/codegen";
import { connectorContract } from "@connectry/testing";
import { test } from "vitest";
import { createPaypal, facts, profile } from "./index.js";
import { createPaypalWebhooks } from "./webhooks.js";

const documents = (await loadDocuments("paypal")).map(({ json }) => json);
const responses = JSON.parse(await readFile(new URL("../test/responses.json", import.meta.url), "utf8"));

const options = { create: createPaypal, facts, documents, responses, webhooks: createPaypalWebhooks };
for (const { name, run } of connectorContract(profile, options)) test(name, run);
