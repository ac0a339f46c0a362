import { readFile } from "node:fs/promises";
import { responseChecks, responseProblems } from "@connectry/testing/responses";
import { expect, test } from "vitest";
import { createAsana, profile } from "./index.js";
import { webhooks } from "./webhooks.js";

const responses = JSON.parse(await readFile(new URL("../test/responses.json", import.meta.url), "utf8"));

test("the responses of the vendor are complete", () => expect(responseProblems(responses)).toEqual([]));

for (const { name, run } of responseChecks(profile, { create: createAsana, responses, webhooks })) test(name, run);
