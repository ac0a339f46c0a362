import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { cacheOf, jsonOf } from "../../test/cache.js";
import { createReply } from "../../test/call.js";
import { counting } from "../../test/counting.js";

describe("invalidation", () => {
  test("by tag and by operation, and nothing else", async () => {
    const acme = cacheOf({ clock: fakeClock() }, counting());
    const prices = { ttlMs: 60_000, tags: ["prices"] };
    const other = { operation: { id: "GET /others", path: "/others" }, url: "https://api.acme.test/others" };
    await acme.send(prices);
    await acme.send({ ttlMs: 60_000 }, other);
    await acme.invalidate({ tags: ["else"] });
    expect((await acme.send(prices)).cache).toBe("hit");
    await acme.invalidate({ tags: ["prices"] });
    expect((await acme.send(prices)).cache).toBe("miss");
    expect((await acme.send({ ttlMs: 60_000 }, other)).cache).toBe("hit");
    await acme.invalidate({ operation: { method: "GET", path: "/others" } });
    expect((await acme.send({ ttlMs: 60_000 }, other)).cache).toBe("miss");
    expect((await acme.send(prices)).cache).toBe("hit");
    await acme.invalidate({ operation: "GET /things" });
    expect((await acme.send(prices)).cache).toBe("miss");
  });

  test("a call is not given a response that its tags cannot invalidate", async () => {
    const acme = cacheOf({ clock: fakeClock() }, counting());
    await acme.send({ ttlMs: 60_000 });
    expect((await acme.send({ ttlMs: 60_000, tags: ["prices"] })).cache).toBe("miss");
    expect((await acme.send({ ttlMs: 60_000 })).cache).toBe("hit");
    await acme.invalidate({ tags: ["prices"] });
    expect((await acme.send({ ttlMs: 60_000 })).cache).toBe("miss");
  });

  test("R32: what began before is not kept, and not joined by who comes after", async () => {
    const ends: (() => void)[] = [];
    let count = 0;
    const acme = cacheOf({ clock: fakeClock() }, async () => {
      count += 1;
      const mine = count;
      await new Promise<void>((resolve) => ends.push(resolve));
      return createReply(200, {}, { count: mine });
    });
    const before = acme.send({ ttlMs: 60_000 });
    await expect.poll(() => ends.length).toBeGreaterThan(0);
    await acme.invalidate({ operation: "GET /things" });
    const after = acme.send({ ttlMs: 60_000 });
    await expect.poll(() => ends.length).toBeGreaterThan(1);
    // The old one comes last, and takes nothing's place.
    ends[1]?.();
    const fresh = jsonOf(await after);
    ends[0]?.();
    expect(jsonOf(await before)).not.toEqual(fresh);
    const hit = await acme.send({ ttlMs: 60_000 });
    expect([hit.cache, jsonOf(hit)]).toEqual(["hit", fresh]);
  });
});
