import { readFile } from "node:fs/promises";
import { responseChecks, responseProblems } from "@connectry/testing/responses";
import { expect, test } from "vitest";
import { createPlaid, profile } from "./index.js";
import { createPlaidWebhooks } from "./webhooks.js";

const responses = JSON.parse(await readFile(new URL("../test/responses.json", import.meta.url), "utf8"));

test("the responses of the vendor are complete", () => expect(responseProblems(responses)).toEqual([]));

const webhooks = ({ fetch }: { fetch: typeof globalThis.fetch }) =>
  createPlaidWebhooks({ clientId: "client_id_1", fetch });
for (const { name, run } of responseChecks(profile, { create: createPlaid, responses, webhooks })) test(name, run);
