import { loadDocuments } from "@connectry/codegen";
import { connectorContract } from "@connectry/testing";
import { test } from "vitest";
import { createTwilio, facts, profile } from "./index.js";

const documents = (await loadDocuments("twilio")).map(({ json }) => json);

for (const { name, run } of connectorContract(profile, { create: createTwilio, facts, documents })) test(name, run);
