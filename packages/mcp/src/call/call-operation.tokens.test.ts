import { expect, test } from "vitest";
import { createAgent, dataOf } from "../../test/agent.js";
import { canary, openShop } from "../../test/shop.js";
import type { Approve } from "../options/agent-options.js";

const create = { body: { item: "tea", amount: 2 } };

test("where the credential is exchanged for a token, calls are sent with one, and no result has it or what it was exchanged for", async () => {
  const { connector, fake } = openShop({ exchanged: true });
  const shown: string[] = [];
  const approve: Approve = ({ request }) => {
    shown.push(JSON.stringify(request));
    return true;
  };
  const agent = createAgent(connector, { allow: ["GET *", "POST /orders"], approve });
  const results = [await agent.call("createOrder", create), await agent.call("listOrders")];
  expect(results.map(({ isError }) => isError)).toEqual([false, false]);
  expect(dataOf(results[0] as never)).toMatchObject({ status: 201, data: { item: "tea" } });
  expect(fake.tokenRequests).toHaveLength(1);
  const [token] = new Set(fake.requests.map(({ headers }) => headers.authorization?.replace("Bearer ", "")));
  expect(token).toMatch(/^\S{8,}$/);
  expect(shown).toHaveLength(1);
  const texts = [...shown, ...results.map(({ text }) => text)].join("\n");
  expect(texts).not.toContain(token);
  expect(texts).not.toContain(canary);
});

test("where no token can be had, nothing is sent, and the result says that the credential was rejected, without it", async () => {
  const { connector, fake } = openShop({
    exchanged: true,
    auth: { clientId: "shop-client", clientSecret: "canary_of_another_shop_1234" } as never,
  });
  const { text, isError } = await createAgent(connector).call("listOrders");
  expect(isError).toBe(true);
  expect(text).toContain("GET /orders failed: status 401.");
  expect(text).toContain("invalid_client");
  expect(text).not.toContain("canary_of_another_shop");
  expect(fake.requests).toHaveLength(0);
});
