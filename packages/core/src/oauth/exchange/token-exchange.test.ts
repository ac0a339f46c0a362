import { fakeClock, instantClock } from "@connectry/testing";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createAcme } from "../../../test/acme.js";
import { rejection } from "../../../test/call.js";
import { bearerOf, box, createExchanging, formOf, paypal, tokenServer, zoom } from "../../../test/token-providers.js";
import type { Policy } from "../../index.js";
import { memoryTokens } from "../index.js";

const clientSecret = "EJxZ3_yHSXe4eC39HqLyjWDarjtT1zdp7dc";
const auth = { clientId: "AeA1QIZXiflr1", clientSecret };
const rejectClient = () =>
  // https://developer.paypal.com/api/rest/authentication/
  Response.json({ error: "invalid_client", error_description: "Client Authentication failed" }, { status: 401 });

afterEach(() => vi.unstubAllEnvs());

describe("the token request is what the provider documents", () => {
  // https://developer.paypal.com/api/rest/authentication/
  test("PayPal: Basic with client id and secret, at a path of the API's host", async () => {
    const { fetch, tokenRequests, calls } = tokenServer();
    await createExchanging(paypal, { auth, fetch }).GET("/v2/checkout/orders/1");
    const [request] = tokenRequests();
    expect(request).toMatchObject({ method: "POST", url: "https://api-m.paypal.com/v1/oauth2/token" });
    expect(request?.headers.get("authorization")).toBe(`Basic ${btoa(`${auth.clientId}:${clientSecret}`)}`);
    expect(request?.headers.get("content-type")).toMatch(/^application\/x-www-form-urlencoded/);
    expect(formOf(request as never)).toEqual({ grant_type: "client_credentials" });
    expect(calls().map(bearerOf)).toEqual(["token-1-A21AAFEpH4PsADK7qSS7pSRsgz"]);
  });

  // https://developer.box.com/guides/authentication/client-credentials
  test("Box: client id, secret and the subject in the body", async () => {
    const { fetch, tokenRequests, calls } = tokenServer();
    await createExchanging(box, { auth: { ...auth, subjectId: "638106" }, fetch }).GET("/users/me");
    const [request] = tokenRequests();
    expect(request?.url).toBe("https://api.box.com/oauth2/token");
    expect(request?.headers.get("authorization")).toBeNull();
    expect(formOf(request as never)).toEqual({
      grant_type: "client_credentials",
      client_id: auth.clientId,
      client_secret: clientSecret,
      box_subject_type: "enterprise",
      box_subject_id: "638106",
    });
    expect(calls()[0]?.url).toBe("https://api.box.com/2.0/users/me");
    const user = { ...auth, subjectType: "user", subjectId: "17293138289" };
    await createExchanging(box, { auth: user, fetch }).GET("/users/me");
    expect(formOf(tokenRequests()[1] as never)).toMatchObject({
      box_subject_type: "user",
      box_subject_id: "17293138289",
    });
  });

  // https://developers.zoom.us/docs/internal-apps/s2s-oauth/
  test("Zoom: a grant type of its own with the account, at another host, and scopes of the profile", async () => {
    const { fetch, tokenRequests } = tokenServer();
    const profile = { ...zoom, auth: { ...zoom.auth, parameters: { scope: "user:read:admin" } } };
    await createExchanging(profile, { auth: { ...auth, accountId: "gYz8S9w5" }, fetch }).GET("/users/me");
    expect(tokenRequests()[0]?.url).toBe("https://zoom.us/oauth/token");
    expect(formOf(tokenRequests()[0] as never)).toEqual({
      grant_type: "account_credentials",
      account_id: "gYz8S9w5",
      scope: "user:read:admin",
    });
  });
});

describe("a token", () => {
  test("is requested once for all calls, and again shortly before it expires", async () => {
    const clock = fakeClock();
    const { fetch, tokenRequests, calls } = tokenServer();
    const client = createExchanging(paypal, { auth, fetch, clock });
    expect(tokenRequests()).toHaveLength(0);
    await Promise.all(Array.from({ length: 20 }, () => client.GET("/things")));
    expect(tokenRequests()).toHaveLength(1);
    expect(new Set(calls().map(bearerOf)).size).toBe(1);
    await clock.advance(32_000_000);
    await client.GET("/things");
    expect(tokenRequests()).toHaveLength(1);
    await clock.advance(399_000);
    await client.GET("/things");
    expect(tokenRequests()).toHaveLength(2);
  });

  test("that is rejected is replaced once, for all calls in flight", async () => {
    const { fetch, tokenRequests, revoke } = tokenServer();
    const client = createExchanging(paypal, { auth, fetch });
    await client.GET("/things");
    revoke("token-1-A21AAFEpH4PsADK7qSS7pSRsgz");
    const replies = await Promise.all(Array.from({ length: 5 }, () => client.POST("/things")));
    expect(tokenRequests()).toHaveLength(2);
    expect(replies[0]?.response.attempts.map(({ status }) => status)).toEqual([401, 200]);
    // The provider rejects each: a second new one does not help.
    revoke("token-2-A21AAFEpH4PsADK7qSS7pSRsgz");
    revoke("token-3-A21AAFEpH4PsADK7qSS7pSRsgz");
    const error = await rejection(client.GET("/things"));
    expect(error).toMatchObject({ name: "AuthenticationError", status: 401, attempts: [{}, {}] });
    expect(tokenRequests()).toHaveLength(3);
  });

  test("belongs to the tenant of its client, also after the next exchange", async () => {
    const { fetch, revoke } = tokenServer();
    const tenants: unknown[] = [];
    const spy: Policy = {
      name: "spy",
      send(call, next) {
        tenants.push(call.tenant?.id);
        return next(call);
      },
    };
    const client = createExchanging(paypal, { auth, fetch, policies: { perCall: [spy] } });
    await client.GET("/things");
    revoke("token-1-A21AAFEpH4PsADK7qSS7pSRsgz");
    await client.GET("/things");
    await client.GET("/things");
    expect([tenants.length, new Set(tenants).size]).toEqual([3, 1]);
  });

  test("is that of all processes of a store", async () => {
    const { fetch, tokenRequests } = tokenServer();
    const store = memoryTokens();
    const create = (own: object, profile: typeof paypal | typeof box = paypal) =>
      createExchanging(profile, { auth: { ...auth, ...own }, fetch, tokens: { store } });
    for (let process = 0; process < 3; process += 1) await create({}).GET("/things");
    expect(tokenRequests()).toHaveLength(1);
    await create({ clientSecret: "another-secret-1zdp7dc" }).GET("/things");
    expect(tokenRequests()).toHaveLength(2);
    await create({ subjectId: "1" }, box).GET("/things");
    await create({ subjectId: "2" }, box).GET("/things");
    await create({ subjectId: "2" }, box).GET("/things");
    expect(tokenRequests()).toHaveLength(4);
  });

  test("can be given as it is, and is not exchanged then", async () => {
    const { fetch, tokenRequests, calls } = tokenServer();
    await createExchanging(paypal, { auth: "A21.given-token", fetch }).GET("/things");
    await createExchanging(paypal, { auth: () => "A21.returned-token", fetch }).GET("/things");
    const getAccount = ({ account }: { account: string }) => `token-of-${account}`;
    await createExchanging(paypal, { auth: { getAccount }, fetch }).GET("/things", { account: "ada" });
    expect(calls().map(bearerOf)).toEqual(["A21.given-token", "A21.returned-token", "token-of-ada"]);
    expect(tokenRequests()).toHaveLength(0);
  });

  test("that a function returned is asked for again after a 401, with the one that was refused", async () => {
    const { fetch, revoke } = tokenServer();
    revoke("old-token");
    const asked: unknown[] = [];
    const given = ({ refresh, refused }: { refresh: boolean; refused: unknown }) => {
      asked.push([refresh, refused]);
      return refresh ? "new-token" : "old-token";
    };
    await createExchanging(paypal, { auth: given, fetch }).GET("/things");
    expect(asked).toEqual([
      [false, undefined],
      [true, "old-token"],
    ]);
  });
});

describe("the credential", () => {
  test("is that of the environment, read when the client is created", async () => {
    const { fetch, tokenRequests } = tokenServer();
    const create = () => createExchanging(box, { fetch });
    vi.stubEnv("BOX_CLIENT_ID", "id-1");
    vi.stubEnv("BOX_CLIENT_SECRET", clientSecret);
    expect(create).toThrow(
      "Missing API key: pass `auth` with clientId and clientSecret and subjectId or set BOX_CLIENT_ID and BOX_CLIENT_SECRET and BOX_SUBJECT_ID.",
    );
    vi.stubEnv("BOX_SUBJECT_ID", "638106");
    const client = create();
    vi.unstubAllEnvs();
    await client.GET("/things");
    expect(formOf(tokenRequests()[0] as never)).toMatchObject({ client_id: "id-1", box_subject_id: "638106" });
  });

  test("of each account is its own, with a token of its own", async () => {
    const { fetch, tokenRequests, calls } = tokenServer();
    const getAccount = async ({ account }: { account: string }) => ({ ...auth, subjectId: account });
    const client = createExchanging(box, { auth: { getAccount }, fetch });
    for (const account of ["1", "2", "1", "2"]) await client.GET("/things", { account });
    expect(tokenRequests().map((request) => formOf(request).box_subject_id)).toEqual(["1", "2"]);
    expect(calls().map((request) => bearerOf(request)[6])).toEqual(["1", "2", "1", "2"]);
  });

  test("that the provider rejects is asked for once more, and an id keeps its tenant", async () => {
    const { fetch, tokenRequests } = tokenServer(({ headers }) =>
      atob(headers.get("authorization")?.slice(6) ?? "").endsWith(":old-secret-1234") ? rejectClient() : undefined,
    );
    const asked: boolean[] = [];
    const get = ({ refresh, refused }: { refresh: boolean; refused: unknown }) => {
      asked.push(refresh);
      if (refresh) expect(refused).toEqual({ ...auth, clientSecret: "old-secret-1234" });
      return refresh ? auth : { ...auth, clientSecret: "old-secret-1234" };
    };
    await createExchanging(paypal, { auth: { id: "shop", get }, fetch }).GET("/things");
    expect(asked).toEqual([false, true]);
    expect(tokenRequests()).toHaveLength(2);
  });

  test("can be two, of which the second is exchanged where the first is rejected, and from then on", async () => {
    const { fetch, tokenRequests } = tokenServer(({ headers }) =>
      atob(headers.get("authorization")?.slice(6) ?? "").endsWith(":next-secret-1234") ? rejectClient() : undefined,
    );
    const pair = [{ ...auth, clientSecret: "next-secret-1234" }, auth] as const;
    const client = createExchanging(paypal, { auth: pair, fetch });
    await Promise.all([client.GET("/things"), client.GET("/things")]);
    await client.GET("/things");
    expect(tokenRequests()).toHaveLength(2);
  });
});

describe("a call without a token was not sent", () => {
  test("a rejected client is an AuthenticationError that names the credential, not the secret", async () => {
    const { fetch, tokenRequests, calls } = tokenServer(rejectClient);
    const client = createExchanging(paypal, { auth, fetch });
    const { error } = await client.safe.POST("/v2/checkout/orders");
    expect(error).toMatchObject({
      name: "AuthenticationError",
      status: 401,
      code: "invalid_client",
      attempts: [],
      outcome: "not-applied",
      maybeSent: false,
      cause: { name: "OauthError" },
    });
    expect(error?.message).toBe(
      "POST /v2/checkout/orders: no token: PayPal: the authorization server responded with invalid_client: Client Authentication failed. " +
        "Check clientId and clientSecret in `auth`, or PAYPAL_CLIENT_ID and PAYPAL_CLIENT_SECRET, and that they are for https://api-m.paypal.com",
    );
    // No call asks again at once.
    await client.safe.POST("/v2/checkout/orders");
    expect([tokenRequests().length, calls().length]).toEqual([1, 0]);
  });

  test.each([
    [400, { error: "invalid_scope" }, "AuthenticationError"],
    // https://support.box.com/hc/en-us/community/posts/7814447391763
    [400, { error: "unauthorized_client", error_description: "The value is unauthorized" }, "AuthenticationError"],
    [429, { error: "slow_down" }, "RateLimitError"],
    [503, { error: "temporarily_unavailable" }, "InternalServerError"],
  ])("a token request with status %d and %o is an %s", async (status, body, name) => {
    const { fetch, calls } = tokenServer(() => Response.json(body, { status, headers: { "retry-after": "7" } }));
    const { error } = await createExchanging(paypal, { auth, fetch }).safe.POST("/things");
    expect(error).toMatchObject({ name, status, attempts: [], outcome: "not-applied", retryAfterMs: 7_000 });
    expect(error?.message).toContain("https://api-m.paypal.com");
    expect(calls()).toHaveLength(0);
  });

  test("an authorization server that cannot be reached, or that responds with no token, is a NetworkError", async () => {
    // Each wait ends at once: when the next one begins depends on a digest, which is not computed in fake time.
    const clock = instantClock();
    const failures = {
      unreachable: () => {
        throw Object.assign(new TypeError("fetch failed"), {
          cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }),
        });
      },
      malformed: () => new Response("<html>login</html>"),
    };
    for (const respond of Object.values(failures)) {
      const { fetch, calls } = tokenServer(respond as () => Response);
      const { error } = await createExchanging(paypal, { auth, fetch, clock }).safe.POST("/things");
      expect(error).toMatchObject({ name: "NetworkError", maybeSent: false, outcome: "not-applied", attempts: [] });
      expect(calls()).toHaveLength(0);
    }
  });

  test("where a token was refused before, the error has the attempt", async () => {
    let isRejected = false;
    const { fetch, revoke } = tokenServer(() => (isRejected ? rejectClient() : undefined));
    const client = createExchanging(paypal, { auth, fetch });
    await client.GET("/things");
    isRejected = true;
    revoke("token-1-A21AAFEpH4PsADK7qSS7pSRsgz");
    const { error } = await client.safe.POST("/things");
    expect(error).toMatchObject({ name: "AuthenticationError", code: "invalid_client", outcome: "not-applied" });
    expect(error?.attempts.map(({ status }: { status: number }) => status)).toEqual([401]);
  });
});

test("R44: neither the secret nor the token is shown by what either server repeats", async () => {
  const echo = tokenServer((request) =>
    Response.json(
      { error: "invalid_client", error_description: `no ${clientSecret} in ${request.headers.get("authorization")}` },
      { status: 400 },
    ),
  );
  const first = await rejection(createExchanging(paypal, { auth, fetch: echo.fetch }).GET("/things"));
  const token = "token-1-A21AAFEpH4PsADK7qSS7pSRsgz";
  const api = tokenServer();
  const fetch: typeof globalThis.fetch = async (input, init) =>
    String(input).endsWith("/token")
      ? api.fetch(input, init)
      : Response.json({ message: `no ${token} of ${clientSecret}` }, { status: 403 });
  const second = await rejection(createExchanging(paypal, { auth, fetch }).GET("/things"));
  for (const error of [first, second]) {
    const seen = [error.message, error.stack, JSON.stringify(error), JSON.stringify(error.cause ?? null)].join("\n");
    expect(seen).toContain("***");
    for (const hidden of [clientSecret, token, btoa(`${auth.clientId}:${clientSecret}`)]) {
      expect(seen).not.toContain(hidden);
    }
  }
});

test("a connector that is written by hand is told which strategy it lacks", () => {
  expect(() => createAcme({ auth }, { auth: paypal.auth })).toThrow("add `tokenExchange` of @connectry/core/oauth");
});
