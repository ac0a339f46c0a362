import type { ProviderProfile } from "@connectry/core";
import { expect, test } from "vitest";
import { readConnector } from "./connector-parts.js";
import { previewRequest } from "./preview-request.js";

/** `servers` of https://github.com/plaid/plaid-openapi */
const plaid: ProviderProfile = {
  id: "plaid",
  name: "Plaid",
  baseUrl: "https://production.plaid.com",
  environments: { production: {}, sandbox: { baseUrl: "https://sandbox.plaid.com" } },
  auth: { kind: "bearer", env: "PLAID_SECRET" },
  body: "json",
  errors: { message: ["error_message"] },
};
const facts = { version: "2020-09-14", operations: {}, pages: {} };

test.each([
  [undefined, "https://production.plaid.com/item/get"],
  ["sandbox", "https://sandbox.plaid.com/item/get"],
])(
  "what an agent is shown before a call is approved has the address of the environment %s",
  async (environment, url) => {
    const parts = readConnector({ profile: plaid, facts, environment }, { dryRun: true });
    const preview = await previewRequest(parts, { method: "POST", path: "/item/get" }, { body: {} } as never);
    expect(preview.url).toBe(url);
  },
);
