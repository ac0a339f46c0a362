import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { cacheOf, jsonOf } from "../../test/cache.js";
import { createReply } from "../../test/call.js";
import { counting } from "../../test/counting.js";

describe("an invalidation", () => {
  test("removes the entries of its tags or its operation, and no others", async () => {
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

  test("an entry is not returned to a call that has a tag the entry does not have", async () => {
    const acme = cacheOf({ clock: fakeClock() }, counting());
    await acme.send({ ttlMs: 60_000 });
    expect((await acme.send({ ttlMs: 60_000, tags: ["prices"] })).cache).toBe("miss");
    expect((await acme.send({ ttlMs: 60_000 })).cache).toBe("hit");
    await acme.invalidate({ tags: ["prices"] });
    expect((await acme.send({ ttlMs: 60_000 })).cache).toBe("miss");
  });

  test("R32: does not store a response to an earlier request, and later calls do not join that request", async () => {
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
    // The old response arrives last, and replaces nothing.
    ends[1]?.();
    const fresh = jsonOf(await after);
    ends[0]?.();
    expect(jsonOf(await before)).not.toEqual(fresh);
    const hit = await acme.send({ ttlMs: 60_000 });
    expect([hit.cache, jsonOf(hit)]).toEqual(["hit", fresh]);
  });
});
