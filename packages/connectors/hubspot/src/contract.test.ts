import { loadDocuments } from "@connectry/codegen";
import { connectorContract } from "@connectry/testing";
import { test } from "vitest";
import { createHubspot, facts, profile } from "./index.js";

const documents = (await loadDocuments("hubspot")).map(({ json }) => json);

for (const { name, run } of connectorContract(profile, { create: createHubspot, facts, documents })) test(name, run);
