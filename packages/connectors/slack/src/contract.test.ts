import { loadDocuments } from "@connectry/codegen";
import { connectorContract } from "@connectry/testing";
import { test } from "vitest";
import { createSlack, facts, profile } from "./index.js";

const documents = (await loadDocuments("slack")).map(({ json }) => json);

for (const { name, run } of connectorContract(profile, { create: createSlack, facts, documents })) test(name, run);
