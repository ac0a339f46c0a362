import { expect, test } from "vitest";
import type { TokenStore } from "../../src/oauth/index.js";

/** What every token store does. `settle` lets some milliseconds pass on the clock of the store. */
export function tokenStoreContract(
  create: () => Promise<{ store: TokenStore; pass: (ms: number) => Promise<void> }>,
): void {
  const state = (version: string) => ({ version, value: `value of ${version}` });

  test("nothing is stored at first, and what was stored is returned with its age by the clock of the store", async () => {
    const { store, pass } = await create();
    expect(await store.get("a")).toBeUndefined();
    expect(await store.put("a", state("1"), undefined)).toBe(true);
    expect(await store.get("b")).toBeUndefined();
    const first = await store.get("a");
    expect(first).toMatchObject(state("1"));
    await pass(50);
    const second = await store.get("a");
    expect((second?.ageMs ?? 0) - (first?.ageMs ?? 0)).toBeGreaterThanOrEqual(45);
  });

  test("a value is replaced only where the version is the one that its writer has read", async () => {
    const { store } = await create();
    expect(await store.put("a", state("1"), "0")).toBe(false);
    await store.put("a", state("1"), undefined);
    expect(await store.put("a", state("2"), undefined)).toBe(false);
    expect(await store.put("a", state("2"), "0")).toBe(false);
    expect(await store.get("a")).toMatchObject(state("1"));
    expect(await store.put("a", state("2"), "1")).toBe(true);
    expect(await store.put("a", state("3"), "1")).toBe(false);
    expect(await store.get("a")).toMatchObject(state("2"));
  });

  test("of many writers that have read the same version one succeeds", async () => {
    const { store } = await create();
    await store.put("a", state("1"), undefined);
    const writers = Array.from({ length: 20 }, (_, index) => store.put("a", state(`next ${index}`), "1"));
    expect((await Promise.all(writers)).filter(Boolean)).toHaveLength(1);
  });

  test("a write whose reply was lost can be repeated", async () => {
    const { store } = await create();
    for (const version of [undefined, undefined]) expect(await store.put("a", state("1"), version)).toBe(true);
    for (const version of ["1", "1"]) expect(await store.put("a", state("2"), version)).toBe(true);
    for (let count = 0; count < 2; count += 1) expect(await store.remove("a", "2")).toBe(true);
    expect(await store.get("a")).toBeUndefined();
  });

  test("only the version that was read is removed", async () => {
    const { store } = await create();
    await store.put("a", state("1"), undefined);
    await store.put("a", state("2"), "1");
    expect(await store.remove("a", "1")).toBe(false);
    expect(await store.get("a")).toMatchObject(state("2"));
    expect(await store.remove("a", "2")).toBe(true);
    expect(await store.put("a", state("3"), "2")).toBe(false);
  });

  test("a lease has one holder until it is given back", async () => {
    const { store } = await create();
    const claims = ["x", "y", "z"].map((holder) => store.claim("a", holder, 60_000));
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
    await store.release("b", "x");
    const [holder = ""] = (
      await Promise.all(["x", "y", "z"].map(async (one) => ((await store.renew("a", one, 60_000)) ? one : "")))
    ).filter(Boolean);
    const other = holder === "x" ? "y" : "x";
    // A claim whose reply was lost is repeated.
    expect(await store.claim("a", holder, 60_000)).toBe(true);
    await store.release("a", other);
    expect(await store.claim("a", other, 60_000)).toBe(false);
    expect(await store.claim("b", other, 60_000)).toBe(true);
    await store.release("a", holder);
    expect(await store.claim("a", other, 60_000)).toBe(true);
    expect(await store.renew("a", holder, 60_000)).toBe(false);
  });

  test("a lease ends after its time unless it is renewed, and a lease that has ended is not renewed", async () => {
    const { store, pass } = await create();
    await store.claim("a", "x", 1_000);
    expect(await store.renew("a", "x", 60_000)).toBe(true);
    await pass(1_100);
    expect(await store.claim("a", "y", 60_000)).toBe(false);
    await store.claim("b", "x", 100);
    await pass(200);
    expect(await store.renew("b", "x", 60_000)).toBe(false);
    expect(await store.claim("b", "y", 60_000)).toBe(true);
  });
}
