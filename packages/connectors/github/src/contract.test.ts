import { loadDocuments } from "@connectry/codegen";
import { connectorContract } from "@connectry/testing";
import { test } from "vitest";
import { createGithub, facts, profile } from "./index.js";

const documents = (await loadDocuments("github")).map(({ json }) => json);

for (const { name, run } of connectorContract(profile, { create: createGithub, facts, documents })) test(name, run);
