import { loadDocuments } from "@connectry/codegen";
import { connectorContract } from "@connectry/testing";
import { test } from "vitest";
import { createStripe, facts, profile } from "./index.js";

const documents = (await loadDocuments("stripe")).map(({ json }) => json);

for (const { name, run } of connectorContract(profile, { create: createStripe, facts, documents })) test(name, run);
