import { seededRandom } from "@connectry/testing";
import { expect, test } from "vitest";
import { createAgent, dataOf } from "../agent.js";
import { openShop } from "../shop.js";

const items = ["tea", "coffee", "milk", "bread"];

/**
 * An agent that does what agents do when they fail: it repeats calls that succeeded, calls in parallel, asks for what it may not,
 * makes up operations and arguments, and follows what it reads.
 */
async function misbehave(agent: ReturnType<typeof createAgent>, random: () => number): Promise<readonly string[]> {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const order = () => ({ operation: "POST /orders", body: { item: pick(items) } });
  const moves: readonly (() => object)[] = [
    order,
    order,
    () => ({ ...order(), callId: pick(["a", "b"]) }),
    () => ({ operation: "GET /orders", query: { limit: 5 } }),
    () => ({ operation: "DELETE /orders/{order}", path: { order: "o1" } }),
    () => ({ operation: "PATCH /orders/{order}", path: { order: "../orders" }, body: { note: "x" } }),
    () => ({ operation: "PUT /orders/{order}", path: { order: "o1" }, body: { item: "x" } }),
    () => ({ operation: "POST /refunds", body: { all: true } }),
    () => ({ operation: "GET /orders/{order}", path: { order: "../../admin" } }),
    () => ({ operation: "GET /orders", headers: { "X-HTTP-Method-Override": "DELETE" } }),
    () => ({ operation: "GET /orders", headers: { Authorization: "Bearer other" } }),
    () => ({ operation: "GET /orders", query: { limit: "__proto__" }, body: { delete: true } }),
  ];
  const texts: string[] = [];
  for (let round = 0; round < 40; round += 1) {
    const move = pick(moves)();
    // The same call at once, and again.
    const results = await Promise.all([move, move, pick(moves)()].map((given) => agent.call("call_operation", given)));
    texts.push(...results.map(({ text }) => text));
  }
  return texts;
}

test.each([
  { keyed: true, seed: 1 },
  { keyed: true, seed: 2 },
  { keyed: false, seed: 3 },
  { keyed: false, seed: 4 },
])(
  "an agent that retries, floods and asks for forbidden writes sends none of them, and no write twice: %j",
  async ({ keyed, seed }) => {
    const { connector, fake } = openShop({ keyed });
    fake.seed("/orders", []);
    // Every fourth response to a write is lost after the write was applied.
    for (let count = 0; count < 4; count += 1) {
      fake.faults.push({ kind: "reset", after: "request", applied: true, on: { operation: "createOrder" } });
      fake.faults.push({ kind: "latency", delayMs: 1, on: { operation: "createOrder" }, times: 3 });
    }
    const agent = createAgent(connector, {
      allow: ["GET *", "POST /orders"],
      approve: false,
      tools: "search",
      budget: { calls: 60 },
    });
    const texts = await misbehave(agent, seededRandom(seed));
    expect(texts).toHaveLength(120);

    const sent = fake.requests.map(({ operation }) => operation);
    expect(sent.filter((operation) => !/^GET |^POST \/orders$/.test(operation ?? "none"))).toEqual([]);
    expect(sent.every((operation) => operation !== undefined)).toBe(true);
    expect(sent.length).toBeLessThanOrEqual(60);
    // A write is its conversation, its callId and its arguments: as many as there can be, each applied once.
    const orders = new Map<string, number>();
    const { data } = dataOf(await createAgent(connector).call("listOrders", { query: { limit: 100 } })) as {
      data: { data: readonly { item: string }[] };
    };
    for (const { item } of data.data) orders.set(item, (orders.get(item) ?? 0) + 1);
    expect(orders.size).toBeGreaterThan(1);
    const withoutId = fake.requests.filter(({ operation }) => operation === "POST /orders");
    const keys = withoutId.map(({ headers, body }) => headers["idempotency-key"] ?? JSON.stringify(body));
    if (keyed) expect(data.data.length).toBe(new Set(keys).size);
    // Each item without an id once, and the two ids once each.
    expect(data.data.length).toBeLessThanOrEqual(items.length + 2);
  },
);
