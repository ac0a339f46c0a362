import { describe, expect, test } from "vitest";
import { createAgent, dataOf } from "../../test/agent.js";
import { openShop } from "../../test/shop.js";

const create = { body: { item: "tea", amount: 2 } };
const writes = ["GET *", "POST /orders"];
const lost = { kind: "reset", after: "request", applied: true } as const;

describe("a write that is called again", () => {
  test.each([{ keyed: true }, { keyed: false }])(
    "is sent once for the same arguments, and again for another callId (%j)",
    async (kind) => {
      const { connector, fake } = openShop(kind);
      const agent = createAgent(connector, { allow: writes, approve: false });
      const first = await agent.call("createOrder", create);
      const again = await agent.call("createOrder", { body: { amount: 2, item: "tea" } });
      expect(again.text).toContain("is not sent again");
      expect(dataOf(again)).toEqual(dataOf(first));
      expect(fake.requests).toHaveLength(1);
      await agent.call("createOrder", { ...create, callId: "second" });
      await agent.call("createOrder", { ...create, callId: "second" });
      expect(fake.requests).toHaveLength(2);
    },
  );

  test("is sent once where it is called at the same time", async () => {
    const { connector, fake } = openShop();
    const agent = createAgent(connector, { allow: writes, approve: false });
    const results = await Promise.all(Array.from({ length: 20 }, () => agent.call("createOrder", create)));
    expect(new Set(results.map((result) => JSON.stringify(dataOf(result)))).size).toBe(1);
    expect(fake.requests).toHaveLength(1);
  });

  test("is refused where its callId named other arguments", async () => {
    const { connector, fake } = openShop();
    const agent = createAgent(connector, { allow: writes, approve: false });
    await agent.call("createOrder", { ...create, callId: "one" });
    const other = await agent.call("createOrder", { body: { item: "coffee" }, callId: "one" });
    expect(other.text).toContain('callId "one" was used for other arguments');
    expect(fake.requests).toHaveLength(1);
  });

  test("is sent again after it was rejected, because nothing was applied", async () => {
    const { connector, fake } = openShop();
    fake.faults.push({ kind: "response", status: 422, body: JSON.stringify({ error: { message: "no tea" } }) });
    const agent = createAgent(connector, { allow: writes, approve: false });
    const failed = await agent.call("createOrder", create);
    expect(failed.text).toMatch(/^POST \/orders failed: status 422. Nothing was changed./);
    expect((await agent.call("createOrder", create)).isError).toBe(false);
    expect(fake.requests).toHaveLength(2);
  });

  test("has the idempotency key of its conversation and its arguments, in any process", async () => {
    const keyOf = async (conversation: string, given: object) => {
      const { connector, fake } = openShop({ keyed: true });
      await createAgent(connector, { allow: writes, approve: false, conversation }).call("createOrder", given);
      return fake.requests[0]?.headers["idempotency-key"];
    };
    const key = await keyOf("a", create);
    expect(key).toMatch(/^connectry-[0-9a-f]{54}$/);
    expect(await keyOf("a", { body: { amount: 2, item: "tea" } })).toBe(key);
    const others = [
      await keyOf("b", create),
      await keyOf("a", { ...create, callId: "x" }),
      await keyOf("a", { body: { item: "x" } }),
    ];
    expect(new Set([key, ...others]).size).toBe(4);
  });
});

describe("a write whose response is lost", () => {
  test("is told as unknown, with what to look at, and is not sent again where the provider would apply it twice", async () => {
    const { connector, fake } = openShop();
    fake.faults.push(lost);
    const agent = createAgent(connector, { allow: writes, approve: false });
    const { text, isError } = await agent.call("createOrder", create);
    expect(isError).toBe(true);
    expect(text).toMatch(/^OUTCOME UNKNOWN: POST \/orders may have been applied, or may not \(OutcomeUnknownError\)\./);
    expect(text).toContain(
      "Look at GET /orders or GET /orders/{order} to find out. Do not send it again before you know",
    );
    const again = await agent.call("createOrder", create);
    expect(again.text).toContain("is not sent again: what follows is its result");
    expect(again.text).toContain("OUTCOME UNKNOWN");
    expect(fake.requests).toHaveLength(1);
  });

  test("is sent again under the same key where the provider deduplicates it: one order for two requests", async () => {
    const { connector, fake } = openShop({ keyed: true });
    fake.seed("/orders", []);
    fake.faults.push(lost);
    const agent = createAgent(connector, { allow: writes, approve: false });
    expect((await agent.call("createOrder", create)).text).toContain("The same call with the same callId is safe");
    expect((await agent.call("createOrder", create)).isError).toBe(false);
    expect(new Set(fake.requests.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(fake.requests).toHaveLength(2);
    expect(dataOf(await agent.call("listOrders"))).toMatchObject({ data: { data: [{ item: "tea" }] } });
    expect((dataOf(await agent.call("listOrders")).data as { data: unknown[] }).data).toHaveLength(1);
  });

  test("goes on where its caller gives up meanwhile, so that the session knows what became of it", async () => {
    const { connector, fake } = openShop();
    const caller = new AbortController();
    const agent = createAgent(connector, { allow: writes, approve: false });
    fake.override("createOrder", () => {
      caller.abort();
      return undefined;
    });
    expect((await agent.call("createOrder", create, caller.signal)).isError).toBe(false);
    expect((await agent.call("createOrder", create)).text).toContain("is not sent again");
    expect(fake.requests).toHaveLength(1);
  });
});
