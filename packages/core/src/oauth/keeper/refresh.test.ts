import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../../test/acme.js";
import { rejection } from "../../../test/call.js";
import { deferred } from "../../../test/deferred.js";
import { type AccountsSetup, authorize, createAccounts } from "../../../test/oauth/accounts.js";
import { memoryTokens, oauthAccounts, ReauthorizationRequiredError, type TokenStore } from "../index.js";

const hourMs = 3_600_000;
const account = "a";

/** An account with tokens of an hour; `processes` are clients with the same store, which hold nothing yet. */
async function setUp(setup: AccountsSetup = {}, processes = 1) {
  const clock = fakeClock();
  const options = { clock, random: () => 0.5, ...setup.options };
  const made = createAccounts({ ...setup, server: { nowMs: () => clock.now(), ...setup.server }, options });
  await authorize(made.oauth, made.server, account);
  const clients = Array.from({ length: processes }, () => {
    const oauth = oauthAccounts(made.all);
    return createAcme({ fetch: made.all.fetch, auth: oauth, clock, deadlineMs: Infinity });
  });
  const call = (client = clients[0]!) => client.GET("/api", { account });
  const many = (count: number) => clients.flatMap((client) => Array.from({ length: count }, () => call(client)));
  /** Lets time pass until a promise is settled: processes that wait for a lease ask now and then. */
  const settle = async <T>(work: Promise<T>): Promise<T> => {
    let isDone = false;
    work
      .catch(() => {})
      .finally(() => {
        isDone = true;
      });
    while (!isDone) await clock.advance(50);
    return work;
  };
  return { ...made, clock, clients, call, many, settle };
}

test("a token is used until shortly before it expires, then replaced, once for all calls that ask", async () => {
  const { server, clock, many, settle } = await setUp();
  await settle(Promise.all(many(20)));
  await clock.advance(hourMs - 61_000);
  await settle(Promise.all(many(20)));
  expect(server.counts.refreshes).toBe(0);
  await clock.advance(2_000);
  await settle(Promise.all(many(20)));
  expect(server.counts).toMatchObject({ refreshes: 1, reuses: 0 });
});

describe("R58: 48 calls with a revoked access token cause one refresh", () => {
  test.each([1, 4])("in %d processes", async (processes) => {
    const { server, many, settle, requests } = await setUp({}, processes);
    await settle(Promise.all(many(1)));
    server.expireAccess();
    const count = requests.length;
    await settle(Promise.all(many(48 / processes)));
    expect(server.counts).toMatchObject({ refreshes: 1, reuses: 0 });
    expect(requests.slice(count).filter(({ url }) => url.endsWith("/api"))).toHaveLength(96);
  });

  test("in 4 processes that refresh together again and again, no refresh token is used twice", async () => {
    const { server, clock, many, settle } = await setUp({}, 4);
    for (let round = 0; round < 5; round += 1) {
      await settle(Promise.all(many(3)));
      await clock.advance(hourMs);
    }
    expect(server.counts).toMatchObject({ refreshes: 4, reuses: 0 });
  });
});

test("the response to a refresh is stored, even if all callers have left", async () => {
  const { all, clock, clients, call, server } = await setUp();
  const { opened, go } = deferred();
  const slow: typeof fetch = async (...args) => {
    const response = await all.fetch(...args);
    if (String(args[0]).endsWith("/token")) await opened;
    return response;
  };
  const oauth = oauthAccounts({ ...all, fetch: slow });
  const client = createAcme({ fetch: all.fetch, auth: oauth, clock });
  await clock.advance(hourMs);
  const controller = new AbortController();
  const left = rejection(client.GET("/api", { account, signal: controller.signal }));
  await expect.poll(() => server.counts.refreshes).toBe(1);
  controller.abort();
  expect(await left).toMatchObject({ name: "AbortError" });
  const before = (await all.store.get("acme:a"))?.version;
  go();
  await expect.poll(async () => (await all.store.get("acme:a"))?.version).not.toBe(before);
  await call(clients[0]);
  expect(server.counts).toMatchObject({ refreshes: 1, reuses: 0 });
});

test("a consent takes precedence over a refresh under way, whose tokens are not used, and nothing is revoked", async () => {
  const { all, clock, server, oauth, settle, requests } = await setUp();
  let stored: string | undefined;
  const fetch: typeof globalThis.fetch = async (...args) => {
    const response = await all.fetch(...args);
    if (String(args[0]).endsWith("/token")) {
      await authorize(oauth, server, account);
      stored = (await all.store.get("acme:a"))?.value;
    }
    return response;
  };
  const client = createAcme({ fetch: all.fetch, auth: oauthAccounts({ ...all, fetch }), clock });
  await clock.advance(hourMs);
  await settle(client.GET("/api", { account }));
  const { tokens } = JSON.parse(stored ?? "");
  expect(requests.at(-1)?.headers.get("authorization")).toBe(`Bearer ${tokens.accessToken}`);
  expect((await all.store.get("acme:a"))?.value).toBe(stored);
  expect(server.counts).toMatchObject({ refreshes: 1, reuses: 0, revocations: 0 });
});

describe("a refresh whose response is lost", () => {
  /** The server replaces the token, and its response never arrives: the first `times` times. */
  const lossy = (fetch: typeof globalThis.fetch, times: number) => {
    let lost = 0;
    const sent: typeof globalThis.fetch = async (...args) => {
      const response = await fetch(...args);
      if (!String(args[0]).endsWith("/token") || lost === times) return response;
      lost += 1;
      throw Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    };
    return sent;
  };
  const run = async (setup: AccountsSetup, times = 1) => {
    const { all, clock, server, settle, ...rest } = await setUp(setup);
    const reported: ReauthorizationRequiredError[] = [];
    const onReauthorizationRequired = (error: ReauthorizationRequiredError) => reported.push(error);
    const oauth = oauthAccounts({ ...all, fetch: lossy(all.fetch, times), onReauthorizationRequired });
    const client = createAcme({ fetch: all.fetch, auth: oauth, clock });
    await clock.advance(hourMs);
    const call = () => settle(client.GET("/api", { account }));
    return { ...rest, clock, server, call, reported };
  };

  test("is repeated where refresh tokens do not rotate", async () => {
    const { call, server } = await run({ server: { rotates: false }, facts: { rotates: false } }, 2);
    await call();
    expect(server.counts).toMatchObject({ refreshes: 3, reuses: 0 });
  });

  test("is repeated within the documented grace", async () => {
    const { call, server } = await run({ server: { graceMs: 60_000 }, facts: { graceS: 60 } });
    await call();
    expect(server.counts).toMatchObject({ refreshes: 2, reuses: 0, revocations: 0 });
  });

  test.each([true, "unknown"] as const)(
    "is not repeated by the same calls where rotates is %j; later ones fail with what to do, once the provider says no",
    async (rotates) => {
      const { call, server, clock, reported } = await run({ facts: { rotates } });
      expect(await rejection(call())).toMatchObject({ name: "OauthError", code: "response-lost" });
      expect(server.counts).toMatchObject({ refreshes: 1, reuses: 0 });
      expect(reported).toEqual([]);
      await clock.advance(1_000);
      const final = { name: "ReauthorizationRequiredError", account, provider: "Acme", code: "invalid_grant" };
      expect(await rejection(call())).toMatchObject(final);
      expect(await rejection(call())).toMatchObject(final);
      expect(reported).toMatchObject([final]);
      expect(server.requests.filter(({ form }) => form.has("refresh_token"))).toHaveLength(2);
    },
  );

  test("is repeated where it was certainly not sent", async () => {
    const { all, clock, server, settle } = await setUp();
    let refusals = 1;
    const fetch: typeof globalThis.fetch = async (...args) => {
      if (!String(args[0]).endsWith("/token") || refusals === 0) return all.fetch(...args);
      refusals -= 1;
      throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", syscall: "connect" });
    };
    const client = createAcme({ fetch: all.fetch, auth: oauthAccounts({ ...all, fetch }), clock });
    await clock.advance(hourMs);
    await settle(client.GET("/api", { account }));
    expect(server.counts).toMatchObject({ refreshes: 1, reuses: 0 });
  });
});

describe("after the provider has rejected a refresh token", () => {
  test("no process asks for a while, a new consent is used at once, and its owner is reported once", async () => {
    const reported: unknown[] = [];
    const onReauthorizationRequired = ({ account: name }: ReauthorizationRequiredError) => reported.push(name);
    const { server, oauth, clock, many, call, clients, settle } = await setUp(
      { options: { onReauthorizationRequired } },
      4,
    );
    server.revokeAll();
    await clock.advance(hourMs);
    const errors = await settle(Promise.all(many(12).map(rejection)));
    expect(errors.every((error) => ReauthorizationRequiredError.isInstance(error))).toBe(true);
    expect(errors[0]?.message).toMatch(/^Acme: the account a must be authorized again \(invalid_grant\): .*begin\(\)/);
    const refreshes = () => server.requests.filter(({ form }) => form.has("refresh_token")).length;
    expect([refreshes(), reported]).toEqual([1, [account]]);
    await clock.advance(20_000);
    await rejection(settle(call(clients[1])));
    expect(refreshes()).toBe(1);
    await clock.advance(11_000);
    await rejection(settle(call(clients[2])));
    expect([refreshes(), reported]).toEqual([2, [account]]);
    await authorize(oauth, server, account);
    await settle(Promise.all(many(2)));
    expect(refreshes()).toBe(2);
  });

  test("it is not final where another process has stored new tokens since", async () => {
    const { server, oauth, all, clock, settle } = await setUp();
    const fetch: typeof globalThis.fetch = async (...args) => {
      const response = await all.fetch(...args);
      // The owner consents again while the old refresh token is rejected.
      if (String(args[0]).endsWith("/token")) await authorize(oauth, server, account);
      return response;
    };
    const client = createAcme({ fetch: all.fetch, auth: oauthAccounts({ ...all, fetch }), clock });
    server.revokeAll();
    await clock.advance(hourMs);
    expect((await settle(client.GET("/api", { account }))).data).toEqual({ account });
  });

  test("an account without a refresh token has to be authorized again", async () => {
    const { store, ...setup } = { store: memoryTokens() };
    const { clock, settle, server, call } = await setUp({ ...setup, options: { store } });
    const { version = "", value = "" } = (await store.get("acme:a")) ?? {};
    const { tokens } = JSON.parse(value);
    await store.put(
      "acme:a",
      { version: "2", value: JSON.stringify({ tokens: { ...tokens, refreshToken: undefined } }) },
      version,
    );
    await clock.advance(hourMs);
    expect(await rejection(settle(call()))).toMatchObject({
      name: "ReauthorizationRequiredError",
      code: "no-refresh-token",
    });
    expect(server.counts.refreshes).toBe(0);
  });
});

describe("while the token address is down", () => {
  const down = (
    all: { readonly fetch: typeof globalThis.fetch },
    state: { isDown: boolean },
    headers: HeadersInit = {},
  ) => {
    let asked = 0;
    const fetch: typeof globalThis.fetch = async (...args) => {
      if (!String(args[0]).endsWith("/token") || !state.isDown) return all.fetch(...args);
      asked += 1;
      return new Response("<html>503", { status: 503, headers });
    };
    return { fetch, asked: () => asked };
  };

  test("calls use a token that has not expired yet, then fail, and the provider is asked less and less often", async () => {
    const { all, clock, settle } = await setUp();
    const state = { isDown: true };
    const { fetch, asked } = down(all, state);
    const client = createAcme({ fetch: all.fetch, auth: oauthAccounts({ ...all, fetch }), clock });
    const call = () => settle(client.GET("/api", { account }));
    await call();
    await clock.advance(hourMs - 30_000);
    await call();
    await call();
    expect(asked()).toBe(1);
    await clock.advance(30_000);
    const errors = await Promise.all(Array.from({ length: 10 }, () => rejection(call())));
    expect(errors.map((error) => error)).toMatchObject(
      Array(10).fill({ name: "OauthError", code: "http-503", status: 503 }),
    );
    expect(asked()).toBe(2);
    state.isDown = false;
    await clock.advance(30_000);
    await call();
  });

  test("it is not asked earlier than it says", async () => {
    const { all, clock, settle } = await setUp();
    const { fetch, asked } = down(all, { isDown: true }, { "retry-after": "120" });
    const client = createAcme({ fetch: all.fetch, auth: oauthAccounts({ ...all, fetch }), clock });
    const call = () => rejection(settle(client.GET("/api", { account })));
    await clock.advance(hourMs);
    await call();
    await clock.advance(110_000);
    expect(await call()).toMatchObject({ retryAfterMs: 120_000 });
    expect(asked()).toBe(1);
    await clock.advance(10_001);
    await call();
    expect(asked()).toBe(2);
  });
});

describe("while the store is unavailable", () => {
  const fragile = () => {
    const store = memoryTokens();
    const state = { isDown: false };
    const guarded = Object.fromEntries(
      Object.entries(store).map(([name, method]) => [
        name,
        (...args: never[]) =>
          state.isDown ? Promise.reject(new Error("store down")) : (method as (...args: never[]) => unknown)(...args),
      ]),
    ) as unknown as TokenStore;
    return { store: guarded, state };
  };

  test("calls go on with the token that this process holds, and fail with the store's error when it has expired", async () => {
    const { store, state } = fragile();
    const { clock, call, settle, server } = await setUp({ options: { store } });
    await settle(call());
    state.isDown = true;
    await clock.advance(hourMs - 1_000);
    await settle(call());
    await clock.advance(2_000);
    expect(await rejection(settle(call()))).toMatchObject({ message: "store down" });
    state.isDown = false;
    await settle(call());
    expect(server.counts).toMatchObject({ refreshes: 1, reuses: 0 });
  });

  test("tokens that were issued are used, and stored when it is back, before anybody refreshes again", async () => {
    const { store, state } = fragile();
    const { all, clock, settle, server, clients } = await setUp({ options: { store } }, 2);
    const fetch: typeof globalThis.fetch = async (...args) => {
      const response = await all.fetch(...args);
      if (String(args[0]).endsWith("/token")) state.isDown = true;
      return response;
    };
    const client = createAcme({ fetch: all.fetch, auth: oauthAccounts({ ...all, fetch }), clock });
    await clock.advance(hourMs);
    await settle(client.GET("/api", { account }));
    await settle(client.GET("/api", { account }));
    state.isDown = false;
    await settle(clients[0]!.GET("/api", { account }));
    expect(server.counts).toMatchObject({ refreshes: 1, reuses: 0 });
  });

  test("tokens that are rejected before they are stored are replaced by their own refresh token", async () => {
    const { store, state } = fragile();
    const { all, clock, settle, server } = await setUp({ options: { store } });
    const fetch: typeof globalThis.fetch = async (...args) => {
      const response = await all.fetch(...args);
      if (String(args[0]).endsWith("/token")) state.isDown = server.counts.refreshes === 1;
      return response;
    };
    const client = createAcme({ fetch: all.fetch, auth: oauthAccounts({ ...all, fetch }), clock });
    await clock.advance(hourMs);
    await settle(client.GET("/api", { account }));
    // The store is back, and the next attempt to store them is up to a second away.
    await clock.advance(5_000);
    state.isDown = false;
    server.expireAccess();
    await settle(client.GET("/api", { account }));
    expect(server.counts).toMatchObject({ refreshes: 2, reuses: 0 });
  });
});
