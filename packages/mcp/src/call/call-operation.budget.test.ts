import { describe, expect, test } from "vitest";
import { createAgent } from "../../test/agent.js";
import { openShop } from "../../test/shop.js";

const create = { body: { item: "tea", amount: 2 } };
const writes = ["GET *", "POST /orders"];

describe("a session", () => {
  test("ends its calls when their number is used up, and refused calls cost nothing", async () => {
    const { connector, fake } = openShop();
    const agent = createAgent(connector, { budget: { calls: 3 } });
    await agent.call("listOrders", { query: { wrong: 1 } });
    const results = await Promise.all(Array.from({ length: 10 }, () => agent.call("listOrders")));
    expect(results.filter(({ isError }) => !isError)).toHaveLength(3);
    expect(results.at(-1)?.text).toBe(
      "Not sent: the budget of this session is used up: 3 calls of 3. Only the user can start another session.",
    );
    expect(fake.requests).toHaveLength(3);
  });

  test("ends its calls when their cost is used up", async () => {
    const { connector, fake } = openShop();
    const cost = ({ safety }: { safety: string }) => (safety === "safe" ? 1 : 5);
    const agent = createAgent(connector, { allow: writes, approve: false, budget: { cost: 7 }, cost });
    await agent.call("createOrder", create);
    expect((await agent.call("createOrder", { ...create, callId: "2" })).text).toContain(
      "a cost of 5, and this call costs 5, of 7",
    );
    expect((await agent.call("listOrders")).isError).toBe(false);
    expect(fake.requests).toHaveLength(2);
  });

  test("counts the points of the documented limits where no cost is given", async () => {
    const { connector, fake } = openShop();
    const agent = createAgent(connector, { budget: { cost: 2 } });
    for (let count = 0; count < 4; count += 1) await agent.call("listOrders");
    expect(fake.requests).toHaveLength(2);
  });

  test("ends its calls when their time is used up", async () => {
    const { connector, fake } = openShop();
    const agent = createAgent(connector, { budget: { timeMs: 0.000_001 } });
    await agent.call("listOrders");
    expect((await agent.call("listOrders")).text).toContain("the budget of this session is used up");
    expect(fake.requests.length).toBeLessThanOrEqual(1);
  });
});
