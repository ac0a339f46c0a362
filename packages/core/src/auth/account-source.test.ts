import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { keySecret } from "../../test/cache.js";
import { createReply, rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { tieredCache } from "../cache/index.js";
import { graphql } from "../graphql/index.js";
import { circuitBreaker, toFetch } from "../index.js";
import { openapiClient } from "../openapi-fetch/index.js";
import type { AccountRequest, AccountSource } from "./credential-source.js";

/** A source whose token of an account is `<account> <generation>`, and what it was asked. */
function accounts(review?: AccountSource<string>["review"]) {
  const requests: AccountRequest[] = [];
  const generations = new Map<string, number>();
  const auth: AccountSource<string> = {
    getAccount: (request) => {
      requests.push(request);
      const { account, refresh } = request;
      const generation = (generations.get(account) ?? 1) + (refresh ? 1 : 0);
      generations.set(account, generation);
      return `${account} ${generation}`;
    },
    ...(review && { review }),
  };
  return { auth, requests };
}

const bearerOf = ({ headers }: { readonly headers: Headers }) => headers.get("authorization");

test("a call is sent with the credential of its account", async () => {
  const { auth, requests } = accounts();
  const { fetch, requests: sent } = stubFetch();
  const acme = createAcme({ fetch, auth });
  await acme.GET("/things", { account: "a" });
  await acme.GET("/things", { account: "b" });
  expect(sent.map(bearerOf)).toEqual(["Bearer a 1", "Bearer b 1"]);
  expect(requests).toMatchObject([
    { account: "a", refresh: false, refused: undefined },
    { account: "b", refresh: false, refused: undefined },
  ]);
});

describe("where only tokens of accounts are bearer tokens, as at Figma", () => {
  // https://developers.figma.com/docs/rest-api/authentication
  const auth = { kind: "header", name: "X-Figma-Token", env: "FIGMA_TOKEN", accounts: "bearer" } as const;
  const sentAs = ({ headers }: { readonly headers: Headers }) => [
    headers.get("x-figma-token"),
    headers.get("authorization"),
  ];

  test("a call is sent with the token of its account, and any other with that of the client", async () => {
    const { fetch, requests: sent } = stubFetch();
    await createAcme({ fetch, auth: accounts().auth }, { auth }).GET("/things", { account: "a" });
    await createAcme({ fetch, auth: "figd_1" }, { auth }).GET("/things");
    expect(sent.map(sentAs)).toEqual([
      [null, "Bearer a 1"],
      ["figd_1", null],
    ]);
  });

  test("R41: neither of them leaves the origin", async () => {
    const redirect = { status: 302, headers: { location: "https://elsewhere.test/" } };
    const { fetch, requests: sent } = stubFetch(
      (_, count) => new Response(null, count % 2 ? redirect : { status: 204 }),
    );
    await createAcme({ fetch, auth: accounts().auth }, { auth }).request("GET", "/things", { account: "a" });
    await createAcme({ fetch, auth: "figd_1" }, { auth }).request("GET", "/things");
    expect(sent.map(sentAs)).toEqual([
      [null, "Bearer a 1"],
      [null, null],
      ["figd_1", null],
      [null, null],
    ]);
  });
});

test("pages, streams, toFetch, openapiClient and graphql send for the account that they are given", async () => {
  const { fetch, requests: sent } = stubFetch(() => Response.json({ data: {} }));
  const acme = createAcme({ fetch, auth: accounts().auth }, { pagination: [{ kind: "link-header", items: ["list"] }] });
  const account = { account: "a" };
  await rejection(acme.paginate("/things", account)[Symbol.asyncIterator]().next());
  await (await acme.stream.GET("/things", account)).data.cancel();
  await toFetch(acme, account)("/things");
  await openapiClient<Record<string, never>>(acme, account).GET("/things" as never);
  await graphql(acme, { query: "{ a }" }, account);
  expect(sent.map(bearerOf)).toEqual(Array(5).fill("Bearer a 1"));
});

describe("a call is refused before anything is sent", () => {
  test.each([undefined, "", "  ", 7 as never])("whose account is %j, where there are several", async (account) => {
    const { fetch, requests: sent } = stubFetch();
    const acme = createAcme({ fetch, auth: accounts().auth });
    const error = await rejection(acme.GET("/things", { account }));
    expect(error).toMatchObject({ name: "ConfigurationError", message: expect.stringContaining("`account`") });
    expect(sent).toEqual([]);
  });

  test("that names an account, where there is one credential, also where a response is cached", async () => {
    const { fetch, requests: sent } = stubFetch();
    const acme = createAcme({ fetch, cache: tieredCache() });
    const cache = { ttlMs: 60_000 };
    await acme.GET("/things", { cache });
    const error = await rejection(acme.GET("/things", { cache, account: "a" }));
    expect(error).toMatchObject({ name: "ConfigurationError", message: expect.stringContaining("`account`") });
    expect(sent).toHaveLength(1);
  });
});

describe("when the credential of an account is rejected", () => {
  test("its calls in flight share one refresh, and those of another account have none", async () => {
    const { auth, requests } = accounts();
    const { fetch } = stubFetch((request) =>
      Response.json({}, { status: bearerOf(request) === "Bearer a 1" ? 401 : 200 }),
    );
    const acme = createAcme({ fetch, auth });
    const call = (account: string) => Array.from({ length: 24 }, () => acme.GET("/things", { account }));
    await Promise.all([...call("a"), ...call("b")]);
    const refreshes = requests.filter(({ refresh }) => refresh);
    expect(refreshes).toMatchObject([{ account: "a", refused: "a 1" }]);
  });

  test("another with the same credential is asked for on its own", async () => {
    const refreshed: string[] = [];
    const auth: AccountSource<string> = {
      getAccount: ({ account, refresh }) => {
        if (refresh) refreshed.push(account);
        return refresh ? `${account} new` : "shared";
      },
    };
    const { fetch, requests: sent } = stubFetch((request) =>
      Response.json({}, { status: bearerOf(request) === "Bearer shared" ? 401 : 200 }),
    );
    const acme = createAcme({ fetch, auth });
    await Promise.all([acme.GET("/things", { account: "a" }), acme.GET("/things", { account: "b" })]);
    expect(refreshed.sort()).toEqual(["a", "b"]);
    expect(sent.map(bearerOf).slice(2).sort()).toEqual(["Bearer a new", "Bearer b new"]);
  });
});

describe("an account is a tenant", () => {
  const responses = (statusOfA: number) =>
    stubFetch(({ headers }) => {
      const isA = headers.get("authorization")?.startsWith("Bearer a ");
      return Response.json({}, { status: isA ? statusOfA : 200, headers: { "retry-after": "50" } });
    });

  test("R28: a pause of one does not delay another", async () => {
    const { fetch } = responses(429);
    const acme = createAcme({ fetch, auth: accounts().auth, clock: fakeClock(), maxAttempts: 1 });
    await rejection(acme.GET("/things", { account: "a" }));
    await acme.GET("/things", { account: "b" });
    const next = await rejection(acme.GET("/things", { account: "a", deadlineMs: 10_000 }));
    expect(next).toMatchObject({ name: "QuotaExceededError" });
  });

  test("R28: the circuit of one is not that of another", async () => {
    const { fetch } = responses(500);
    const breaker = circuitBreaker({ minAttempts: 2, openMs: 50_000 });
    const acme = createAcme({
      fetch,
      auth: accounts().auth,
      clock: fakeClock(),
      maxAttempts: 1,
      circuitBreaker: breaker,
    });
    for (let count = 0; count < 2; count += 1) await rejection(acme.GET("/things", { account: "a" }));
    expect(await rejection(acme.GET("/things", { account: "a" }))).toMatchObject({ name: "CircuitOpenError" });
    await acme.GET("/things", { account: "b" });
  });

  test("R28: a cached response is the account's alone, and is invalidated without the others", async () => {
    const { fetch, requests: sent } = stubFetch();
    const acme = createAcme({ fetch, auth: accounts().auth, cache: tieredCache({ keySecret }) });
    const get = async (account: string) =>
      (await acme.GET("/things", { account, cache: { ttlMs: 60_000, tags: ["things"] } })).response.cache;
    for (const account of ["a", "b", "a", "b"]) await get(account);
    expect(sent.map(bearerOf)).toEqual(["Bearer a 1", "Bearer b 1"]);
    await acme.cache.invalidate({ tags: ["things"], account: "a" });
    expect([await get("a"), await get("b")]).toEqual(["miss", "hit"]);
    expect(await rejection(acme.cache.invalidate({ tags: ["things"] }))).toMatchObject({ name: "ConfigurationError" });
  });
});

test("a cached response costs no credential", async () => {
  const { auth, requests } = accounts();
  const acme = createAcme({ fetch: stubFetch().fetch, auth, cache: tieredCache() });
  for (let count = 0; count < 3; count += 1) await acme.GET("/things", { account: "a", cache: { ttlMs: 60_000 } });
  expect(requests).toHaveLength(1);
});

test("a source that reviews a reply decides what it means: a 403 to a new credential is sent again", async () => {
  const reviewed: unknown[] = [];
  const { verdict } = createReply(200);
  const { auth } = accounts((reply, credential) => {
    reviewed.push([reply.status, credential]);
    return reply.status === 403 ? { ...reply, verdict: { ...verdict, kind: "transient", notApplied: true } } : reply;
  });
  const { fetch, requests: sent } = stubFetch((_, count) => Response.json({}, { status: count === 1 ? 403 : 200 }));
  const acme = createAcme({ fetch, auth, random: () => 0 }, { idempotency: { header: "key", methods: [] } });
  const { response } = await acme.POST("/things", { account: "a" });
  expect(response.attempts.map(({ status }) => status)).toEqual([403, 200]);
  expect(reviewed).toEqual([
    [403, "a 1"],
    [200, "a 1"],
  ]);
  expect(sent).toHaveLength(2);
});
