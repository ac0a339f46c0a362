import { readFile } from "node:fs/promises";
import { GraphqlError, type GraphqlList, type GraphqlMutation, GraphqlUserError } from "@connectry/core/graphql";
import { fakeClock, instantClock } from "@connectry/testing";
import { describe, expect, expectTypeOf, test } from "vitest";
import { setUp } from "../test/recorded-client.js";
import { profile } from "./index.js";

const { errors } = JSON.parse(await readFile(new URL("../test/responses.json", import.meta.url), "utf8"));

interface Product {
  readonly id: string;
}
interface Products {
  readonly products: {
    readonly nodes: readonly Product[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}
// As `connectry graphql` writes them.
const Products = {
  type: "query",
  name: "Products",
  text: "query Products($first: Int!, $after: String) { products(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }",
  page: {
    items: ["products", "nodes"],
    cursor: ["products", "pageInfo", "endCursor"],
    more: ["products", "pageInfo", "hasNextPage"],
    into: "after",
  },
} as unknown as GraphqlList<Products, { readonly first: number; readonly after?: string | null }, Product>;

interface Refund {
  readonly refundCreate: { readonly refund: { readonly id: string } | null } | null;
}
interface RefundError {
  readonly field: readonly string[] | null;
  readonly message: string;
}
const RefundCreate = {
  type: "mutation",
  name: "RefundCreate",
  text: "mutation RefundCreate($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) { refund { id } userErrors { field message } } }",
  userErrors: [["refundCreate", "userErrors"]],
} as unknown as GraphqlMutation<Refund, { readonly input: object; readonly key?: string }, RefundError>;

test("a list is iterated to its end, page by page, by the cursor of its variable", async () => {
  const pages = [["1", "2"], ["3"], ["4"]];
  const { shopify, sent } = setUp((count) => {
    const pageInfo = { hasNextPage: count < pages.length, endCursor: `after ${count}` };
    return Response.json({ data: { products: { nodes: pages[count - 1]?.map((id) => ({ id })), pageInfo } } });
  });
  const ids: string[] = [];
  for await (const product of shopify.paginate(Products, { first: 2 })) {
    expectTypeOf(product).toEqualTypeOf<Product>();
    ids.push(product.id);
  }
  expect(ids).toEqual(["1", "2", "3", "4"]);
  expect(sent.map(({ body }) => body.variables)).toEqual([
    { first: 2 },
    { first: 2, after: "after 1" },
    { first: 2, after: "after 2" },
  ]);
});

// https://shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits
describe("R23: a bucket of 1,000 points that gets 100 in a second", () => {
  test("shows no THROTTLED after the first response, and its points are used", async () => {
    await import("@connectry/core/graphql");
    const clock = fakeClock();
    let [left, atMs] = [1_000, clock.monotonic()];
    const [requested, actual] = [92, 46];
    const codes: string[] = [];
    const { shopify } = setUp(
      () => {
        left = Math.min(1_000, left + ((clock.monotonic() - atMs) / 1_000) * 100);
        atMs = clock.monotonic();
        const isThrottled = left < requested;
        codes.push(isThrottled ? "THROTTLED" : "200");
        if (!isThrottled) left -= actual;
        const throttleStatus = { maximumAvailable: 1_000, currentlyAvailable: Math.floor(left), restoreRate: 100 };
        const cost = { requestedQueryCost: requested, actualQueryCost: isThrottled ? null : actual, throttleStatus };
        const errors = [{ message: "Throttled", extensions: { code: "THROTTLED" } }];
        return Response.json({ ...(isThrottled ? { errors } : { data: { shop: {} } }), extensions: { cost } });
      },
      { clock, deadlineMs: 600_000, maxRetryAfterMs: 600_000 },
    );
    const callers = Promise.all(
      Array.from({ length: 20 }, async () => {
        for (let count = 0; count < 5; count += 1) await shopify.query("query { shop { name } }");
      }),
    );
    // 100 operations take 4,600 points: the bucket has them after (4,600 - 1,000) / 100 = 36 s.
    await clock.advance(36_000 * 1.15);
    await callers;
    expect(codes).toHaveLength(100);
    expect(codes.slice(1)).not.toContain("THROTTLED");
  });

  test("rejects a mutation with THROTTLED without applying it: it is sent again when it has the points", async () => {
    const { response } = errors["200 throttled"];
    const clock = instantClock();
    const { shopify, sent } = setUp(
      (count) => Response.json(count === 1 ? response.body : { data: { productUpdate: { userErrors: [] } } }),
      { clock },
    );
    await shopify.mutate("mutation { productUpdate(product: { id: 1 }) { userErrors { message } } }");
    expect(sent).toHaveLength(2);
    // (202 - 118) / 50 seconds.
    expect(clock.waits[0]).toBeGreaterThanOrEqual(1_680);
  });
});

// https://shopify.dev/docs/api/admin-graphql#status_and_error_codes
describe("a failure with status 200", () => {
  const internal = {
    errors: [{ message: "Internal error.", extensions: { code: "INTERNAL_SERVER_ERROR", requestId: "1b355a21" } }],
  };

  test("that is internal is sent again for a query, and has an unknown outcome for a mutation", async () => {
    const { shopify, sent } = setUp((count) => Response.json(count === 1 ? internal : { data: { shop: {} } }));
    await shopify.query("query { shop { name } }");
    expect(sent).toHaveLength(2);
    const other = setUp(() => Response.json(internal));
    await expect(other.shopify.mutate("mutation { a }")).rejects.toMatchObject({ status: 200, outcome: "unknown" });
    expect(other.sent).toHaveLength(1);
  });

  test("that is a query which costs too much is not sent again, and says what it costs", async () => {
    const extensions = { code: "MAX_COST_EXCEEDED", cost: 2_003, maxCost: 1_000 };
    const { shopify, sent } = setUp(() => Response.json({ errors: [{ message: "Query cost is 2003", extensions }] }));
    const { error } = await shopify.safe.query("query { shop { name } }");
    expect(error).toBeInstanceOf(GraphqlError);
    expect((error as GraphqlError).errors).toMatchObject([{ extensions }]);
    expect(sent).toHaveLength(1);
  });
});

// https://shopify.dev/docs/api/usage/idempotent-requests
test("a mutation with @idempotent gets a key, and is sent again with the same one where its response is lost", async () => {
  const { shopify, sent } = setUp((count) => {
    if (count === 1) throw new TypeError("terminated");
    return Response.json({ data: { refundCreate: { refund: { id: "1" }, userErrors: [] } } });
  });
  const { data } = await shopify.mutate(RefundCreate, { input: {} });
  expect(data.refundCreate?.refund?.id).toBe("1");
  const keys = sent.map(({ body }) => body.variables?.key);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  expect(keys[1]).toBe(keys[0]);
});

test("user errors are typed by the mutation, returned by `safe`, and thrown by option", async () => {
  const userErrors = [{ field: ["input", "orderId"], message: "Order does not exist" }];
  const { shopify } = setUp(() => Response.json({ data: { refundCreate: { refund: null, userErrors } } }));
  expect((await shopify.mutate(RefundCreate, { input: {} })).data.refundCreate?.refund).toBeNull();
  const { error } = await shopify.safe.mutate(RefundCreate, { input: {} });
  if (!GraphqlUserError.isInstance(error)) throw new Error("not a GraphqlUserError");
  expectTypeOf(error.userErrors).toEqualTypeOf<readonly RefundError[]>();
  expect(error.userErrors).toEqual(userErrors);
  await expect(shopify.mutate(RefundCreate, { input: {} }, { throwUserErrors: true })).rejects.toThrow(
    GraphqlUserError,
  );
});

test("the calls of every connector are there, too: by path, and with the error in the result", async () => {
  const { shopify, sent } = setUp(() => Response.json({ data: { shop: { name: "Example" } } }));
  const { data } = await shopify.safe.POST("/graphql.json", { body: { query: "query { shop { name } }" } });
  expect(data?.data).toEqual({ shop: { name: "Example" } });
  expect(sent).toHaveLength(1);
  expect(profile.graphql.path).toBe("/graphql.json");
});
