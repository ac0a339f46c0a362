import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { oauthAccounts } from "../../../src/oauth/index.js";
import { createAcme } from "../../acme.js";
import { heldBytes } from "../../heap.js";
import { createAccounts } from "../../oauth/accounts.js";

test("10,000 accounts in one client take at most 20 MB", async () => {
  const { all } = createAccounts();
  // Tokens of the length that HubSpot says to allow for.
  const filler = "x".repeat(280);
  const tokenOf = (key: string) => `${createHash("sha256").update(key).digest("hex").slice(0, 20)}${filler}`;
  const store = {
    ...all.store,
    get: async (account: string) => {
      const value = JSON.stringify({
        tokens: {
          accessToken: tokenOf(account),
          refreshToken: tokenOf(`r${account}`),
          lifetimeMs: 1_800_000,
          scopes: ["read"],
        },
      });
      return { version: "1", value, ageMs: 0 };
    },
  };
  const acme = createAcme({ fetch: async () => Response.json({}), auth: oauthAccounts({ ...all, store }) });
  const call = (index: number) => acme.GET("/api", { account: `account ${index}` });
  await call(-1);
  const before = heldBytes();
  for (let index = 0; index < 10_000; index += 1) await call(index);
  const megabytes = (heldBytes() - before) / 1e6;
  console.log(`10,000 accounts: ${megabytes.toFixed(1)} MB`);
  expect(megabytes).toBeLessThanOrEqual(20);
  await call(0);
});
