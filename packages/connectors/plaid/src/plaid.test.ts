import { type FaultServer, faultServer, instantClock } from "@connectry/testing";
import { afterEach, beforeEach, expect, expectTypeOf, test } from "vitest";
import { createPlaid } from "./index.js";

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer([], { response: { body: { request_id: "HNTDNrA8F1shFEW" } } });
});
afterEach(() => server.close());

const auth = { clientId: "client_1", secret: "secret_1" };
const create = (options: Parameters<typeof createPlaid>[0] = {}) =>
  createPlaid({ auth, baseUrl: server.url, random: () => 0, rateLimit: false, ...options });
const access_token = "access-sandbox-de3ce8ef-33f8-452c-a685-8671031fc0f6";
const bodies = () => server.requests.map(({ body }) => body as Record<string, unknown>);
const unavailable = { kind: "response", status: 503 } as const;

/** An error in the form of https://plaid.com/docs/errors/ */
const failure = (status: number, error_type: string, error_code: string) =>
  ({
    kind: "response",
    status,
    body: { error_type, error_code, error_message: "why", display_message: null, request_id: "HNTDNrA8F1shFEW" },
  }) as const;

test("client id and secret are headers, as is the version, and no body has them", async () => {
  await create().POST("/accounts/get", { body: { access_token } });
  expect(server.requests[0]?.headers).toMatchObject({
    "plaid-client-id": "client_1",
    "plaid-secret": "secret_1",
    "plaid-version": "2020-09-14",
  });
  expect(bodies()).toEqual([{ access_token }]);
});

test("the sandbox has an address of its own, and production is the default", async () => {
  const called: string[] = [];
  const fetch = async (url: unknown) => {
    called.push(String(url));
    return Response.json({ request_id: "1" });
  };
  for (const environment of [undefined, "sandbox"] as const)
    await createPlaid({ auth, environment, fetch }).POST("/accounts/get", { body: { access_token } });
  expect(called).toEqual(["https://production.plaid.com/accounts/get", "https://sandbox.plaid.com/accounts/get"]);
});

test("a POST that reads is sent again after a 503, and one that writes is not", async () => {
  server.faults.push(unavailable);
  await create().POST("/item/get", { body: { access_token } });
  expect(server.requests).toHaveLength(2);
  for (const path of ["/item/remove", "/transactions/refresh"] as const) {
    const before = server.requests.length;
    server.faults.push(unavailable);
    const { error } = await create().safe.POST(path, { body: { access_token } });
    expect(error).toMatchObject({ name: "InternalServerError", outcome: "unknown" });
    expect(server.requests).toHaveLength(before + 1);
  }
});

const page = (added: string[], next_cursor: string, more: object = {}) => ({
  kind: "response" as const,
  body: {
    accounts: [],
    added: added.map((transaction_id) => ({ transaction_id })),
    modified: [],
    removed: [],
    next_cursor,
    has_more: true,
    ...more,
  },
});
const last = { has_more: false };

test("pages of /transactions/sync have what was added, modified and removed, and end where has_more is false", async () => {
  const rest = { modified: [{ transaction_id: "m" }], removed: [{ transaction_id: "r" }] };
  server.faults.push(page(["a"], "c2"), page([], "c3", rest), page(["b"], "c4", last));
  const seen: unknown[] = [];
  const list = create().paginate("/transactions/sync", { body: { access_token, cursor: "c1" } });
  for await (const { data } of list.pages()) {
    expectTypeOf(data.removed[0]?.transaction_id).toEqualTypeOf<string | undefined>();
    seen.push([data.added.length, data.modified.length, data.removed.length, data.next_cursor]);
  }
  expect(seen).toEqual([
    [1, 0, 0, "c2"],
    [0, 1, 1, "c3"],
    [1, 0, 0, "c4"],
  ]);
  expect(bodies().map(({ cursor }) => cursor)).toEqual(["c1", "c2", "c3"]);
});

test("a mutation during pagination ends the iteration: the next one begins at its first cursor", async () => {
  const mutation = failure(400, "TRANSACTIONS_ERROR", "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION");
  server.faults.push(page(["a"], "c2"), mutation, page(["a"], "c2"), page(["b"], "c3", last));
  const plaid = create();
  const sync = async () => {
    const added: string[] = [];
    for await (const one of plaid.paginate("/transactions/sync", { body: { access_token, cursor: "c1" } }))
      added.push(one.transaction_id);
    return added;
  };
  await expect(sync()).rejects.toMatchObject({ name: "BadRequestError", code: mutation.body.error_code });
  expect(await sync()).toEqual(["a", "b"]);
  expect(bodies().map(({ cursor }) => cursor)).toEqual(["c1", "c2", "c1", "c2"]);
});

test("a list with options continues by the offset in them, next to those that the caller passed", async () => {
  const list = (ids: string[]) => ({
    kind: "response" as const,
    body: { transactions: ids.map((transaction_id) => ({ transaction_id })), total_transactions: 3 },
  });
  server.faults.push(list(["a", "b"]), list(["c"]));
  const body = { access_token, start_date: "2026-01-01", end_date: "2026-01-31", options: { count: 2 } };
  const found: string[] = [];
  for await (const { transaction_id } of create().paginate("/transactions/get", { body })) found.push(transaction_id);
  expect(found).toEqual(["a", "b", "c"]);
  expect(bodies().map(({ options }) => options)).toEqual([{ count: 2 }, { count: 2, offset: 2 }]);
});

const authorization = {
  access_token,
  account_id: "a_1",
  type: "debit",
  network: "ach",
  amount: "12.34",
  user: { legal_name: "Ada" },
} as const;

test("a write with a key has the same key on each attempt, in its body", async () => {
  server.faults.push(unavailable);
  await create().POST("/transfer/authorization/create", { body: authorization });
  const [first, second] = bodies();
  expect(first?.idempotency_key).toMatch(/^[0-9a-f-]{36}$/);
  expect(second?.idempotency_key).toBe(first?.idempotency_key);
});

test("a payment whose first request is still processing is asked for again, with its key", async () => {
  server.faults.push(unavailable, failure(400, "TRANSACTION_ERROR", "REQUEST_CONFLICT"));
  const amount = { currency: "GBP", value: 1 } as const;
  const body = { consent_id: "c_1", amount, idempotency_key: "rent-2026-11" };
  await create().POST("/payment_initiation/consent/payment/execute", { body });
  expect(bodies()).toEqual([body, body, body]);
  server.faults.push(...Array.from({ length: 5 }, () => failure(400, "TRANSACTION_ERROR", "REQUEST_CONFLICT")));
  const { error } = await create().safe.POST("/payment_initiation/consent/payment/execute", { body });
  expect(error).toMatchObject({ code: "REQUEST_CONFLICT", outcome: "unknown" });
});

test("a transfer is repeated by its authorization, without a key, and a payment of a wallet only by its caller", async () => {
  server.faults.push(unavailable);
  const transfer = { access_token, account_id: "a_1", authorization_id: "auth_1", description: "rent" };
  await create().POST("/transfer/create", { body: transfer });
  expect(bodies()).toEqual([transfer, transfer]);
  server.faults.push(unavailable);
  const wallet = {
    idempotency_key: "k_1",
    wallet_id: "w_1",
    counterparty: { name: "Ada", numbers: { bacs: { account: "12345678", sort_code: "123456" } } },
    amount: { iso_currency_code: "GBP", value: 1 },
    reference: "rent",
  } as const;
  const { error } = await create().safe.POST("/wallet/transaction/execute", { body: wallet });
  expect(error).toMatchObject({ name: "InternalServerError", outcome: "unknown" });
  expect(bodies().slice(2)).toEqual([wallet]);
});

test("wrong keys are a 400, after which the credential is asked for once more", async () => {
  const wrong = failure(400, "INVALID_INPUT", "INVALID_API_KEYS");
  server.faults.push(wrong);
  const asked: boolean[] = [];
  const rotating = async ({ refresh }: { readonly refresh: boolean }) => {
    asked.push(refresh);
    return refresh ? { ...auth, secret: "secret_2" } : auth;
  };
  await create({ auth: rotating }).POST("/item/get", { body: { access_token } });
  expect(asked).toEqual([false, true]);
  expect(server.requests.map(({ headers }) => headers["plaid-secret"])).toEqual(["secret_1", "secret_2"]);
});

test("an error has its code and its request id, and the type in its body", async () => {
  server.faults.push(failure(400, "ITEM_ERROR", "ITEM_LOGIN_REQUIRED"));
  const { error } = await create().safe.POST("/accounts/get", { body: { access_token } });
  expect(error).toMatchObject({
    name: "BadRequestError",
    code: "ITEM_LOGIN_REQUIRED",
    requestId: "HNTDNrA8F1shFEW",
    body: { error_type: "ITEM_ERROR" },
  });
});

test("each Item has a limit of its own: that of one does not delay another", async () => {
  const times = new Map<string, number[]>();
  const clock = instantClock();
  const fetch = async (_: unknown, init?: { readonly body?: unknown }) => {
    const { access_token: item } = JSON.parse(String(init?.body)) as { access_token: string };
    times.set(item, [...(times.get(item) ?? []), clock.now()]);
    return Response.json({ request_id: "1" });
  };
  const plaid = createPlaid({ auth, fetch, clock, random: () => 0 });
  for (const item of ["one", "one", "one", "one", "one", "one", "two"])
    await plaid.POST("/accounts/get", { body: { access_token: item } });
  // 15 in a minute, 5 of them at once.
  const [first = 0, , , , fifth = 0, sixth = 0] = times.get("one") ?? [];
  expect([fifth - first, sixth - first > 1_000]).toEqual([0, true]);
  expect(times.get("two")).toEqual([sixth]);
});
