import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { deferred } from "../../test/deferred.js";
import { stubFetch } from "../../test/stub-fetch.js";
import type { Auth, CredentialRequest } from "./credential-source.js";

const basic = {
  kind: "basic",
  username: { name: "accountSid", env: "ACME_ACCOUNT_SID" },
  password: { name: "authToken", env: "ACME_AUTH_TOKEN" },
} as const;

/** A provider that accepts one token, and the source of its tokens. */
function tokens() {
  let valid = "token-1";
  const requests: CredentialRequest[] = [];
  const { fetch, requests: sent } = stubFetch(({ headers }) =>
    Response.json({}, { status: headers.get("authorization") === `Bearer ${valid}` ? 200 : 401 }),
  );
  return {
    fetch,
    sent,
    requests,
    refreshes: () => requests.filter(({ refresh }) => refresh),
    expire: () => {
      valid = `token-${Number(valid.slice(6)) + 1}`;
    },
    valid: () => valid,
  };
}

const calls = (count: number, call: () => Promise<unknown>) => Promise.all(Array.from({ length: count }, call));

describe.each(["a function", "a source with an id"])("calls in flight whose credential comes from %s", (kind) => {
  const authOf = (get: (request: CredentialRequest) => string | Promise<string>): Auth =>
    kind === "a function" ? get : { id: "account 1", get };

  test("share one refresh when their credential expired: 50 calls cause one", async () => {
    const provider = tokens();
    let held = "token-1";
    const auth = authOf(async (request) => {
      provider.requests.push(request);
      if (request.refresh) held = provider.valid();
      return held;
    });
    const acme = createAcme({ fetch: provider.fetch, auth });
    provider.expire();
    await calls(50, () => acme.GET("/things"));
    expect(provider.refreshes()).toMatchObject([{ refresh: true, refused: "token-1" }]);
    expect(provider.sent).toHaveLength(100);
    // The next time it expires there is another one.
    provider.expire();
    await calls(50, () => acme.GET("/things"));
    expect(provider.refreshes().map(({ refused }) => refused)).toEqual(["token-1", "token-2"]);
  });

  test("share it also when one of them is rejected after the refresh has ended", async () => {
    const provider = tokens();
    const late = deferred();
    const auth = authOf((request) => {
      provider.requests.push(request);
      return request.refresh ? "token-2" : "token-1";
    });
    provider.expire();
    let isFirst = true;
    const fetch: typeof globalThis.fetch = (...args) => {
      const isLate = isFirst;
      isFirst = false;
      return isLate ? late.opened.then(() => new Response(null, { status: 401 })) : provider.fetch(...args);
    };
    const acme = createAcme({ fetch, auth });
    const slow = acme.GET("/slow");
    await acme.GET("/things");
    late.go();
    await slow;
    expect(provider.refreshes()).toHaveLength(1);
  });

  test("ask again where the source still returned the refused credential after the refresh", async () => {
    const provider = tokens();
    const auth = authOf((request) => {
      provider.requests.push(request);
      return request.refresh ? provider.valid() : "token-1";
    });
    const acme = createAcme({ fetch: provider.fetch, auth });
    for (let i = 0; i < 3; i += 1) {
      provider.expire();
      await acme.GET("/things");
    }
    expect(provider.refreshes()).toHaveLength(3);
  });

  test("all fail where the refresh fails, and the next call asks anew", async () => {
    const provider = tokens();
    let isUp = false;
    const auth = authOf(async (request) => {
      provider.requests.push(request);
      if (!request.refresh) return "token-1";
      if (!isUp) throw new Error("no token today");
      return provider.valid();
    });
    const acme = createAcme({ fetch: provider.fetch, auth });
    provider.expire();
    const errors = await calls(3, () => rejection(acme.GET("/things")));
    expect(errors.map((error) => (error as Error).message)).toEqual(Array(3).fill("no token today"));
    expect(provider.refreshes()).toHaveLength(1);
    isUp = true;
    await acme.GET("/things");
    expect(provider.refreshes()).toHaveLength(2);
  });

  test("do not end the refresh of the others when one of them is aborted; the last of them does", async () => {
    const provider = tokens();
    const next = deferred();
    const auth = authOf((request) => {
      provider.requests.push(request);
      return request.refresh ? next.opened.then(provider.valid) : "token-1";
    });
    const acme = createAcme({ fetch: provider.fetch, auth });
    provider.expire();
    const controllers = [new AbortController(), new AbortController()] as const;
    const failures = controllers.map(({ signal }) => rejection(acme.GET("/things", { signal })));
    const other = acme.GET("/things");
    await expect.poll(() => provider.sent.length).toBe(3);
    await expect.poll(() => provider.refreshes().length).toBe(1);
    for (const controller of controllers) controller.abort();
    await Promise.all(failures);
    expect(provider.refreshes()[0]?.signal.aborted).toBe(false);
    next.go();
    await other;

    const alone = new AbortController();
    provider.expire();
    const lonely = createAcme({
      fetch: provider.fetch,
      auth: authOf((request) => {
        provider.requests.push(request);
        return request.refresh ? new Promise(() => {}) : "token-1";
      }),
    });
    const failure = rejection(lonely.GET("/things", { signal: alone.signal }));
    await expect.poll(() => provider.refreshes().length).toBe(2);
    alone.abort();
    await failure;
    expect(provider.refreshes()[1]?.signal.aborted).toBe(true);
  });
});

test("calls with different credentials do not share a refresh", async () => {
  const refused: unknown[] = [];
  let count = 0;
  const { fetch } = stubFetch(({ headers }) =>
    Response.json({}, { status: headers.get("authorization")?.endsWith("new") ? 200 : 401 }),
  );
  const auth = (request: CredentialRequest) => {
    if (request.refresh) refused.push(request.refused);
    else count += 1;
    return request.refresh ? `${request.refused} new` : `tenant-${count % 2}`;
  };
  const acme = createAcme({ fetch, auth });
  await calls(20, () => acme.GET("/things"));
  expect(refused.sort()).toEqual(["tenant-0", "tenant-1"]);
});

test("a credential of several values is named as its source returned it", async () => {
  const given = { accountSid: "AC1", authToken: "token-1" };
  const refused: unknown[] = [];
  const { fetch } = stubFetch((_, count) => Response.json({}, { status: count === 1 ? 401 : 200 }));
  const auth = (request: CredentialRequest) => {
    if (request.refresh) refused.push(request.refused);
    return given;
  };
  await createAcme({ fetch, auth }, { auth: basic }).GET("/things");
  expect(refused).toEqual([given]);
});
