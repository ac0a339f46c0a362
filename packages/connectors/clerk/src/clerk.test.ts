import { type FaultServer, fakeClock, faultServer } from "@connectry/testing";
import { afterEach, beforeEach, expect, expectTypeOf, test } from "vitest";
import type { Invitation } from "./generated/types.js";
import { createClerk } from "./index.js";

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer([], { response: { body: { object: "user", id: "user_1" } } });
});
afterEach(() => server.close());

const create = (options: Parameters<typeof createClerk>[0] = {}) =>
  createClerk({ auth: "sk_test_1", baseUrl: server.url, random: () => 0, ...options });
const respond = (body: unknown) => server.faults.push({ kind: "response", status: 200, body });
const queries = () => server.requests.map(({ query }) => query);
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

test("every request has the version of the document, as a header", async () => {
  const clerk = create();
  await clerk.GET("/users/{user_id}", { params: { path: { user_id: "user_1" } } });
  await clerk.POST("/users", { body: { first_name: "Ada" } });
  for (const { headers } of server.requests)
    expect(headers).toMatchObject({ "clerk-api-version": "2026-05-12", authorization: "Bearer sk_test_1" });
});

test("a list that had no pages is asked for them, and ends with its total", async () => {
  const page = (id: string) => ({ data: [{ id, email_address: "foo@bar.com" }], total_count: 2 });
  respond(page("inv_123"));
  respond(page("inv_124"));
  const clerk = create();
  const all = await collect(clerk.paginate("/invitations", { params: { query: { limit: 1 } } }));
  expectTypeOf(all).toEqualTypeOf<Invitation[]>();
  expect(all.map(({ id }) => id)).toEqual(["inv_123", "inv_124"]);
  expect(queries()).toEqual([
    { limit: "1", paginated: "true" },
    { limit: "1", offset: "1", paginated: "true" },
  ]);
  respond(page("inv_123"));
  // @ts-expect-error without it the response is another one
  await clerk.GET("/invitations", { params: { query: { limit: 1 } } });
});

test("users continue after the id of the last one, and other lists by an offset", async () => {
  respond([{ id: "user_b" }, { id: "user_a" }]);
  respond([]);
  const clerk = create();
  expect(await collect(clerk.paginate("/users"))).toHaveLength(2);
  respond({ data: [{ id: "org_1" }], total_count: 1 });
  expect(await collect(clerk.paginate("/organizations"))).toHaveLength(1);
  expect(queries()).toEqual([{}, { starting_after: "user_a" }, {}]);
});

test("a credit is adjusted under a key in its body, and sent again under it; any other write is sent once", async () => {
  const clerk = create();
  server.faults.push({ kind: "response", status: 503 });
  const path = { user_id: "user_1" };
  await clerk.POST("/users/{user_id}/billing/credits", {
    params: { path },
    body: { amount: 100, action: "increase", idempotency_key: "order-7" },
  });
  for (const { body } of server.requests) expect(body).toMatchObject({ amount: 100, idempotency_key: "order-7" });
  expect(server.requests).toHaveLength(2);
  server.faults.push({ kind: "response", status: 503 });
  const { error } = await clerk.safe.POST("/users", { body: { first_name: "Ada" } });
  expect(error).toMatchObject({ name: "InternalServerError", outcome: "unknown" });
  expect(server.requests).toHaveLength(3);
});

test("the limit of an hour that invitations have does not hold other operations back", async () => {
  const clerk = create({ clock: fakeClock(), maxAttempts: 1 });
  // packages/backend/src/api/__tests__/factory.test.ts of https://github.com/clerk/javascript
  server.faults.push({ kind: "response", status: 429, headers: { "retry-after": "123" }, body: { errors: [] } });
  const { error } = await clerk.safe.POST("/invitations", { body: { email_address: "ada@example.com" } });
  expect(error).toMatchObject({ name: "RateLimitError", retryAfterMs: 123_000 });
  await clerk.GET("/users/count");
  expect(server.requests).toHaveLength(2);
});

test("updates of a user are limited for each user, and not with those of another", async () => {
  const clock = fakeClock();
  const clerk = create({ clock });
  const update = (user_id: string) =>
    clerk.PATCH("/users/{user_id}/metadata", { params: { path: { user_id } }, body: {} });
  await update("user_1");
  const next = update("user_1");
  await settle();
  expect(server.requests).toHaveLength(1);
  await update("user_2");
  expect(server.requests).toHaveLength(2);
  await clock.advance(2_000);
  await next;
  expect(server.requests).toHaveLength(3);
});

test.each([
  ["production", 3],
  ["development", 1],
] as const)("an instance in %s has the rate that its environment has: %d in 50 ms", async (environment, sent) => {
  const clock = fakeClock();
  const clerk = create({ clock, environment });
  const calls = Array.from({ length: 3 }, () => clerk.GET("/users/count"));
  for (let step = 0; step < 10; step += 1) {
    await clock.advance(5);
    await settle();
  }
  expect(server.requests).toHaveLength(sent);
  for (let step = 0; step < 10; step += 1) {
    await clock.advance(50);
    await settle();
  }
  await Promise.all(calls);
});

test("an error has its long message, its code and the trace that Clerk's support asks for", async () => {
  const body = {
    errors: [
      { message: "is missing", long_message: "email_address must be included.", code: "form_param_missing", meta: {} },
    ],
    clerk_trace_id: "trace-id",
  };
  server.faults.push({ kind: "response", status: 422, body });
  const { error } = await create().safe.POST("/invitations", { body: { email_address: "" } });
  expect(error).toMatchObject({ name: "UnprocessableEntityError", code: "form_param_missing", requestId: "trace-id" });
  expect(error?.message).toContain("email_address must be included");
});

test("an error without a long message has the short one", async () => {
  const body = { errors: [{ message: "cannot revoke", code: "actor_token_cannot_be_revoked_code" }] };
  server.faults.push({ kind: "response", status: 400, body });
  const path = { actor_token_id: "act_1" };
  const { error } = await create().safe.POST("/actor_tokens/{actor_token_id}/revoke", { params: { path } });
  expect(error?.message).toContain("cannot revoke");
});
