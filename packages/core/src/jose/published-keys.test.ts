import { expect, test } from "vitest";
import { deferred } from "../../test/deferred.js";
import { stripe } from "../webhooks/index.js";
import { publishedKeys } from "./published-keys.js";

/** Keys of a provider that has `a` and those that begin with `k`; the time is set by hand. */
function published() {
  const asked: string[] = [];
  let down = false;
  let now = 0;
  const keys = publishedKeys<string>({
    request: async (id) => {
      asked.push(id);
      if (down) throw new Error("connection refused");
      return { status: /^[ak]/.test(id) ? 200 : 404, text: `key ${id}` };
    },
    parse: async ({ status, text }) => (status === 200 ? text : undefined),
  });
  return {
    asked,
    get: (id: string, maxAgeMs?: number) =>
      keys.get(id, { scheme: stripe, clock: { now: () => now }, ...(maxAgeMs === undefined ? {} : { maxAgeMs }) }),
    after(ms: number) {
      now += ms;
    },
    setDown(isDown: boolean) {
      down = isDown;
    },
  };
}

test("R54: deliveries that arrive at the same time share one request for a key", async () => {
  const response = deferred();
  let requests = 0;
  const keys = publishedKeys<string>({
    request: async () => {
      requests += 1;
      await response.opened;
      return { status: 200, text: "key" };
    },
    parse: async ({ text }) => text,
  });
  const all = Array.from({ length: 50 }, () => keys.get("a", { scheme: stripe, clock: { now: () => 0 } }));
  response.go();
  expect(await Promise.all(all)).toEqual(all.map(() => "key"));
  expect(requests).toBe(1);
});

test("a key is fetched again after a day, or after the age that is asked for", async () => {
  const { get, after, asked } = published();
  await get("a");
  after(86_399_999);
  expect(await get("a")).toBe("key a");
  expect(asked).toHaveLength(1);
  after(1);
  await get("a");
  expect(asked).toHaveLength(2);
  after(1_000);
  await get("a", 1_001);
  expect(asked).toHaveLength(2);
  await get("a", 1_000);
  expect(asked).toHaveLength(3);
});

test("R54: a key that does not exist is asked for once in a minute", async () => {
  const { get, after, asked } = published();
  for (let count = 0; count < 100; count += 1) {
    await expect(get("x")).rejects.toMatchObject({ name: "WebhookVerificationError", reason: "unknown-key" });
  }
  after(59_999);
  await expect(get("x")).rejects.toMatchObject({ reason: "unknown-key" });
  expect(asked).toEqual(["x"]);
  after(1);
  await expect(get("x")).rejects.toMatchObject({ reason: "unknown-key" });
  expect(asked).toEqual(["x", "x"]);
});

test("a key whose host does not respond is asked for again after 10 s", async () => {
  const { get, after, asked, setDown } = published();
  setDown(true);
  const failing = get("a");
  await expect(failing).rejects.toMatchObject({ reason: "key-unavailable", scheme: "stripe" });
  await expect(failing).rejects.toMatchObject({ cause: { message: "connection refused" } });
  setDown(false);
  after(9_999);
  await expect(get("a")).rejects.toMatchObject({ reason: "key-unavailable" });
  expect(asked).toEqual(["a"]);
  after(1);
  expect(await get("a")).toBe("key a");
});

test("R54: made-up ids cause 10 requests in a minute, and a known key is not affected", async () => {
  const { get, after, asked } = published();
  await get("a");
  const reasons = new Map<string, number>();
  for (let count = 0; count < 10_000; count += 1) {
    const { reason } = await get(`x${count}`).catch((error) => error);
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  expect(asked).toHaveLength(10);
  expect(Object.fromEntries(reasons)).toEqual({ "unknown-key": 9, "key-unavailable": 9_991 });
  expect(await get("a")).toBe("key a");
  after(60_000);
  expect(await get("k1")).toBe("key k1");
});

test("R54: a provider's keys are bounded, and those that were fetched last are kept", async () => {
  const { get, after, asked } = published();
  for (let count = 0; count < 33; count += 1) {
    await get(`k${count}`);
    after(10_000);
  }
  expect(asked).toHaveLength(33);
  await get("k32");
  await get("k1");
  expect(asked).toHaveLength(33);
  await get("k0");
  expect(asked).toHaveLength(34);
});
