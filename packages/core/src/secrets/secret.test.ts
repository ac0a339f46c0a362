import { canaryScan, fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import type { CredentialRequest } from "../auth/credential-source.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { secret } from "./secret.js";

const request = (parts: Partial<CredentialRequest> = {}): CredentialRequest => ({
  signal: new AbortController().signal,
  refresh: false,
  refused: undefined,
  ...parts,
});

/** A load that ends when a test says so. */
function manualLoad() {
  let resolve: (value: string) => void = () => {};
  const promise = new Promise<string>((done) => {
    resolve = done;
  });
  return { promise, resolve: (value: string) => resolve(value) };
}

/** A secret manager whose secret can be replaced, or which can be away. */
function manager(first: string) {
  const state = { value: first, isAway: false, loads: 0 };
  const load = async () => {
    state.loads += 1;
    if (state.isAway) throw new Error("the secret manager is away");
    return state.value;
  };
  return { state, load };
}

describe("a secret that is loaded", () => {
  test("is loaded once for all calls of the first moment, and not again within its time", async () => {
    const clock = fakeClock();
    const { state, load } = manager("sk_1");
    const { get, id } = secret(load, { id: "acct_7", ttlMs: 1_000, clock });
    const found = await Promise.all(Array.from({ length: 48 }, () => get(request())));
    await clock.advance(999);
    expect([id, new Set([...found, await get(request())]), state.loads]).toEqual(["acct_7", new Set(["sk_1"]), 1]);
  });

  test("is loaded anew after its time, while calls go on with the last one", async () => {
    const clock = fakeClock();
    const { state, load } = manager("sk_1");
    const { get } = secret(load, { id: "a", ttlMs: 1_000, clock });
    await get(request());
    state.value = "sk_2";
    await clock.advance(1_000);
    const during = await get(request());
    await clock.advance(0);
    expect([during, await get(request()), state.loads]).toEqual(["sk_1", "sk_2", 2]);
  });

  test("stays the last good one while a reload fails, which is repeated after 1 s, 2 s, 4 s", async () => {
    const clock = fakeClock();
    const { state, load } = manager("sk_1");
    const failures: unknown[] = [];
    const { get } = secret(load, { id: "a", ttlMs: 500, clock, onReloadFailed: (error) => failures.push(error) });
    await get(request());
    state.isAway = true;
    const at: number[] = [];
    for (let elapsedMs = 0; elapsedMs < 8_000; elapsedMs += 100) {
      await clock.advance(100);
      const before = state.loads;
      expect(await get(request())).toBe("sk_1");
      if (state.loads > before) at.push(elapsedMs + 100);
    }
    expect(at).toEqual([500, 1_500, 3_500, 7_500]);
    expect(failures).toHaveLength(4);
    state.isAway = false;
    state.value = "sk_2";
    await clock.advance(10_000);
    await get(request());
    await clock.advance(0);
    expect(await get(request())).toBe("sk_2");
  });

  test("of a load that never ends is the last good one; without one, calls reject after timeoutMs", async () => {
    const clock = fakeClock();
    const { get } = secret(() => manualLoad().promise, { id: "a", timeoutMs: 200, clock });
    const error = rejection(Promise.resolve(get(request())));
    await clock.advance(200);
    expect(String(await error)).toContain("The secret a was not loaded within 200 ms (timeoutMs)");
  });

  test("that fails to load is asked for again by the next call", async () => {
    const { state, load } = manager("sk_1");
    state.isAway = true;
    const { get } = secret(load, { id: "a" });
    await expect(get(request())).rejects.toThrow("the secret manager is away");
    state.isAway = false;
    expect(await get(request())).toBe("sk_1");
  });

  test("ends the wait of a caller with its signal, and goes on for the others", async () => {
    const loading = manualLoad();
    const { get } = secret(() => loading.promise, { id: "a" });
    const controller = new AbortController();
    const left = rejection(Promise.resolve(get(request({ signal: controller.signal }))));
    const stays = get(request());
    controller.abort(new Error("gone"));
    expect(String(await left)).toContain("gone");
    loading.resolve("sk_1");
    expect(await stays).toBe("sk_1");
  });

  test.each([
    ["blank", "  "],
    ["missing", undefined],
    ["of no text", { sid: "a", token: 7 }],
    ["empty", {}],
  ])("that is %s is refused, and the last good one stays", async (_, value) => {
    const clock = fakeClock();
    let loaded: unknown = "sk_1";
    const { get } = secret(() => loaded as string, { id: "a", ttlMs: 10, clock });
    await get(request());
    loaded = value;
    await clock.advance(10);
    await get(request());
    await clock.advance(0);
    expect(await get(request())).toBe("sk_1");
    await expect(secret(() => value as string, { id: "a" }).get(request())).rejects.toThrow(ConfigurationError);
  });

  test.each([{ ttlMs: 0 }, { ttlMs: Number.NaN }, { timeoutMs: -1 }])("refuses %j", (times) => {
    expect(() => secret(() => "sk_1", { id: "a", ...times })).toThrow(ConfigurationError);
  });
});

describe("a secret that the provider rejects", () => {
  /** A provider that accepts one key, which can change. */
  function provider(accepted: string) {
    const state = { accepted };
    const { fetch, requests } = stubFetch(({ headers }) => {
      const isAccepted = headers.get("authorization") === `Bearer ${state.accepted}`;
      return Response.json({}, { status: isAccepted ? 200 : 401 });
    });
    return { fetch, state, sent: () => requests.map(({ headers }) => headers.get("authorization")?.slice(7)) };
  }

  test("is loaded at once, once for all calls in flight, before its time has passed", async () => {
    const { state, load } = manager("sk_1");
    const { fetch, state: keys, sent } = provider("sk_1");
    const acme = createAcme({ fetch, auth: secret(load, { id: "acct_7" }) });
    await acme.GET("/things");
    keys.accepted = "sk_2";
    state.value = "sk_2";
    await Promise.all(Array.from({ length: 8 }, () => acme.GET("/things")));
    expect([sent().filter((key) => key === "sk_2").length, state.loads]).toEqual([8, 2]);
  });

  test("and is still the same in the secret manager, ends calls with the 401, with one load a second", async () => {
    const clock = fakeClock();
    const { state, load } = manager("sk_live_4eC39HqLyjWDarjtT1zdp7dc");
    const { fetch } = provider("another");
    const acme = createAcme({ fetch, auth: secret(load, { id: "acct_7", clock }) });
    for (let count = 0; count < 5; count += 1) {
      const error = await rejection(acme.GET("/things"));
      expect(error).toMatchObject({ name: "AuthenticationError" });
      expect(canaryScan(state.value, error)).toEqual([]);
    }
    expect(state.loads).toBe(2);
    await clock.advance(1_000);
    await rejection(acme.GET("/things"));
    expect(state.loads).toBe(3);
  });

  test("is not what a load brings that had begun before", async () => {
    const clock = fakeClock();
    const loads = [manualLoad(), manualLoad(), manualLoad()];
    let count = 0;
    const { get } = secret(() => loads[count++]!.promise, { id: "a", ttlMs: 10, clock });
    loads[0]!.resolve("sk_1");
    await get(request());
    await clock.advance(10);
    await get(request());
    const replaced = get(request({ refresh: true, refused: "sk_1" }));
    loads[1]!.resolve("sk_1");
    loads[2]!.resolve("sk_2");
    expect(await replaced).toBe("sk_2");
  });
});
