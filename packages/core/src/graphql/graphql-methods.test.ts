import { describe, expect, expectTypeOf, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve, serveWith } from "../../test/serve.js";
import { type StubbedRequest, stubFetch } from "../../test/stub-fetch.js";
import { ResponseParseError } from "../errors/call-errors.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { ProviderProfile } from "../provider/profile.js";
import {
  type GraphqlDocument,
  GraphqlError,
  type GraphqlList,
  type GraphqlMutation,
  type GraphqlQuery,
  GraphqlUserError,
  graphqlMethods,
} from "./index.js";

interface Product {
  readonly id: string;
}

interface ProductsData {
  readonly shop: { readonly products: { readonly nodes: readonly Product[] } };
}

// As `connectry graphql` writes them.
const Products = {
  type: "query",
  name: "Products",
  text: "query Products($first: Int!, $after: String) { shop { products(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } }",
  page: {
    items: ["shop", "products", "nodes"],
    cursor: ["shop", "products", "pageInfo", "endCursor"],
    more: ["shop", "products", "pageInfo", "hasNextPage"],
    into: "after",
  },
} as GraphqlList<ProductsData, { readonly first: number; readonly after?: string | null }, Product>;

const Shop = { type: "query", name: "Shop", text: "query Shop { shop { name } }" } as GraphqlQuery<
  { readonly shop: { readonly name: string } },
  Record<never, never>
>;

interface UserError {
  readonly field: readonly string[] | null;
  readonly message: string;
}

interface UpdateData {
  readonly productUpdate: { readonly userErrors: readonly UserError[] } | null;
}

const UpdateProduct = {
  type: "mutation",
  name: "UpdateProduct",
  text: "mutation UpdateProduct($id: ID!) { productUpdate(product: { id: $id }) { errors: userErrors { field message } } }",
  userErrors: [["productUpdate", "errors"]],
} as GraphqlMutation<UpdateData, { readonly id: string }, UserError>;

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const sentBy = (request: StubbedRequest | undefined) => JSON.parse(`${request?.body}`);

const pages = {
  first: { nodes: [{ id: "1" }, { id: "2" }], pageInfo: { hasNextPage: true, endCursor: "c2" } },
  c2: { nodes: [{ id: "3" }], pageInfo: { hasNextPage: false, endCursor: "c3" } },
};

/** A client of two pages, and what it sent. */
function twoPages() {
  const { fetch, requests } = stubFetch((request) => {
    const { after = "first" } = (sentBy(request).variables ?? {}) as { after?: keyof typeof pages };
    return Response.json({ data: { shop: { products: pages[after] } } });
  });
  return { graphql: graphqlMethods(createAcme({ fetch })), requests };
}

describe("query", () => {
  test("sends the text, the name and the variables of its document, and returns data and extensions", async () => {
    const extensions = { cost: { requestedQueryCost: 3 } };
    const { fetch, requests } = stubFetch(() => Response.json({ data: { shop: { name: "Ada's" } }, extensions }));
    const graphql = graphqlMethods(createAcme({ fetch }));
    const result = await graphql.query(Shop);
    expect(result).toMatchObject({ data: { shop: { name: "Ada's" } }, extensions });
    expectTypeOf(result.data).toEqualTypeOf<{ readonly shop: { readonly name: string } }>();
    expect(requests.map(({ url }) => url)).toEqual(["https://api.acme.test/graphql"]);
    expect(sentBy(requests[0])).toEqual({ query: Shop.text, operationName: "Shop" });
  });

  test("requires its variables, and has no option of a mutation", async () => {
    const { graphql, requests } = twoPages();
    // @ts-expect-error: `first` is required
    await graphql.query(Products);
    // @ts-expect-error: a text, not a number
    await graphql.query(Products, { first: "50" });
    await graphql.query(Products, { first: 50 }, { deadlineMs: 1_000 });
    // @ts-expect-error: only mutations have it
    expect(await rejection(graphql.query(Shop, {}, { idempotencyKey: "once" }))).toBeInstanceOf(ConfigurationError);
    expect(requests).toHaveLength(3);
  });

  test("takes a document of gql.tada and of GraphQL Code Generator, and text", async () => {
    const { fetch, requests } = stubFetch(() => Response.json({ data: { shop: { name: "Ada's" } } }));
    const graphql = graphqlMethods(createAcme({ fetch }));
    interface Name {
      readonly shop: { readonly name: string };
    }
    // The form of graphql's DocumentNode, which both extend: https://github.com/graphql/graphql-js/blob/16.x.x/src/language/ast.ts
    const parsed = { kind: "Document", definitions: [] } as {
      readonly kind: "Document";
      readonly definitions: readonly object[];
    } & GraphqlDocument<Name, { readonly [key: string]: never }>;
    const { data } = await graphql.query(parsed, {}, { print: () => "{ shop { name } }" });
    expectTypeOf(data).toEqualTypeOf<Name>();
    expectTypeOf((await graphql.query("{ shop { name } }")).data).toBeUnknown();
    expect(requests.map(sentBy)).toEqual([
      { query: "{ shop { name } }", variables: {} },
      { query: "{ shop { name } }" },
    ]);
  });

  test("is sent to the endpoint of the profile", async () => {
    const { fetch, requests } = stubFetch(() => Response.json({ data: {} }));
    const facts = { graphql: { path: "/graphql.json" } } satisfies Partial<ProviderProfile>;
    await graphqlMethods(createAcme({ fetch }, facts)).query(Shop);
    expect(requests[0]?.url).toBe("https://api.acme.test/graphql.json");
  });

  test("refuses a mutation, as `mutate` refuses a query", async () => {
    const { graphql, requests } = twoPages();
    // @ts-expect-error: a mutation
    const error = await rejection(graphql.query(UpdateProduct, { id: "1" }));
    expect(error.message).toContain("UpdateProduct is a mutation: pass it to `mutate`");
    // @ts-expect-error: a query
    expect(await rejection(graphql.mutate(Shop))).toBeInstanceOf(ConfigurationError);
    expect(requests).toHaveLength(0);
  });

  test("is sent again after a fault by what its parser said, whatever the words of its text", async () => {
    const server = await serve([{ kind: "response", status: 502 }], () => ({ body: { data: {} } }));
    const acme = createAcme({ baseUrl: server.url }, { idempotency: undefined });
    const text = "query Shop { mutation: shop { name } }";
    const { response } = await graphqlMethods(acme).query({ ...Shop, text } as typeof Shop);
    expect(response.attempts.map(({ status }) => status)).toEqual([502, 200]);
  });

  test("safe.query returns the error of the response, with its extensions", async () => {
    const body = { errors: [{ message: "no" }], extensions: { cost: { requestedQueryCost: 9 } } };
    const server = await serveWith(() => ({ body }));
    const { data, error, response } = await graphqlMethods(createAcme({ baseUrl: server.url })).safe.query(Shop);
    expect([data, response]).toEqual([undefined, undefined]);
    expect(error).toBeInstanceOf(GraphqlError);
    expect((error as GraphqlError).extensions).toEqual(body.extensions);
    expect(JSON.stringify(error)).not.toContain("requestedQueryCost");
  });
});

describe("paginate", () => {
  test("iterates over the items of all pages, with the cursor in the variable of the document", async () => {
    const { graphql, requests } = twoPages();
    const ids: string[] = [];
    for await (const product of graphql.paginate(Products, { first: 2 })) {
      expectTypeOf(product).toEqualTypeOf<Product>();
      ids.push(product.id);
    }
    expect(ids).toEqual(["1", "2", "3"]);
    expect(requests.map((request) => sentBy(request).variables)).toEqual([{ first: 2 }, { first: 2, after: "c2" }]);
  });

  test("yields pages with the data of their responses, and continues at a cursor", async () => {
    const { graphql, requests } = twoPages();
    const cursors: unknown[] = [];
    for await (const { data, items, cursor } of graphql.paginate(Products, { first: 2 }).pages()) {
      expectTypeOf(data).toEqualTypeOf<ProductsData>();
      expect(data.shop.products.nodes).toEqual(items);
      cursors.push(cursor);
    }
    expect(cursors).toEqual(["c2", undefined]);
    const rest = graphql.paginate(Products, { first: 2 }, { startFrom: "c2", maxPages: 1 });
    expect((await all(rest)).map(({ id }) => id)).toEqual(["3"]);
    expect(requests).toHaveLength(3);
  });

  test("ends with an error where a page leads back, and where it has no list", async () => {
    const back = { nodes: [], pageInfo: { hasNextPage: true, endCursor: "again" } };
    for (const products of [back, null]) {
      const { fetch, requests } = stubFetch(() => Response.json({ data: { shop: { products } } }));
      const items = all(graphqlMethods(createAcme({ fetch })).paginate(Products, { first: 2 }));
      expect(await rejection(items)).toBeInstanceOf(ResponseParseError);
      expect(requests.length).toBeLessThanOrEqual(2);
    }
  });

  test("throws the errors of a response", async () => {
    const { fetch } = stubFetch(() => Response.json({ data: { shop: null }, errors: [{ message: "no" }] }));
    const items = all(graphqlMethods(createAcme({ fetch })).paginate(Products, { first: 2 }));
    expect(await rejection(items)).toBeInstanceOf(GraphqlError);
  });

  test("does not compile for a document that is not a list", () => {
    const { graphql } = twoPages();
    // @ts-expect-error: it has no connection
    graphql.paginate(Shop);
    // @ts-expect-error: a mutation
    graphql.paginate(UpdateProduct, { id: "1" });
    // @ts-expect-error: a document of another library says nothing about its pages
    graphql.paginate({} as GraphqlDocument<ProductsData, { first: number }>, { first: 1 });
    // @ts-expect-error: text says nothing about its pages
    graphql.paginate("{ shop { name } }");
  });
});

describe("mutate", () => {
  const rejected = { productUpdate: { errors: [{ field: ["product", "title"], message: "too long: canary" }] } };

  test("returns user errors in its data, and throws them by option", async () => {
    const { fetch } = stubFetch(() => Response.json({ data: rejected }, { headers: { "x-request-id": "r1" } }));
    const graphql = graphqlMethods(createAcme({ fetch }));
    expect((await graphql.mutate(UpdateProduct, { id: "1" })).data).toEqual(rejected);
    const error = await rejection(graphql.mutate(UpdateProduct, { id: "1" }, { throwUserErrors: true }));
    expect(error).toBeInstanceOf(GraphqlUserError);
    expect(error.message).toBe(
      "POST /graphql: UpdateProduct was rejected: a user error at product.title. Request r1. `userErrors` says what to correct.",
    );
    expect(JSON.stringify(error)).not.toContain("canary");
  });

  test("safe.mutate returns user errors with their types", async () => {
    const { fetch } = stubFetch(() => Response.json({ data: rejected }));
    const { error } = await graphqlMethods(createAcme({ fetch })).safe.mutate(UpdateProduct, { id: "1" });
    if (error?.name !== "GraphqlUserError") throw new Error(`${error?.name}`);
    expectTypeOf(error.userErrors).toEqualTypeOf<readonly UserError[]>();
    expectTypeOf(error.data).toEqualTypeOf<UpdateData>();
    expect(error).toMatchObject({ userErrors: rejected.productUpdate.errors, outcome: "unknown", data: rejected });
  });

  test("of a document of another library, user errors are found by their names", async () => {
    const data = { a: { userErrors: [] }, b: { mediaUserErrors: [{ code: "INVALID", message: "no" }] }, c: null };
    const { fetch } = stubFetch(() => Response.json({ data }));
    const { error } = await graphqlMethods(createAcme({ fetch })).safe.mutate("mutation { a { userErrors { code } } }");
    expect(error).toMatchObject({ name: "GraphqlUserError", userErrors: [{ code: "INVALID", message: "no" }] });
  });

  test("a result without user errors is a success", async () => {
    const { fetch } = stubFetch(() => Response.json({ data: { productUpdate: { errors: [] } } }));
    const { data, error } = await graphqlMethods(createAcme({ fetch })).safe.mutate(UpdateProduct, { id: "1" });
    expect(error).toBeUndefined();
    expect(data).toEqual({ productUpdate: { errors: [] } });
  });

  // https://shopify.dev/docs/api/usage/idempotent-requests
  describe("with the directive by which the provider deduplicates", () => {
    const facts = {
      idempotency: undefined,
      graphql: { path: "/graphql", idempotency: { directive: "idempotent", argument: "key" } },
    } satisfies { idempotency: undefined } & Partial<ProviderProfile>;
    const text = "mutation Adjust($id: ID!, $key: String!) { adjust(id: $id) @idempotent(key: $key) { id } }";
    const Adjust = { type: "mutation", name: "Adjust", text } as GraphqlMutation<
      { readonly adjust: object },
      { readonly id: string; readonly key?: string }
    >;

    test("is sent again after a fault, with one key for all attempts", async () => {
      const server = await serve([{ kind: "response", status: 502 }], () => ({ body: { data: { adjust: {} } } }));
      const graphql = graphqlMethods(createAcme({ baseUrl: server.url }, facts));
      const { response } = await graphql.mutate(Adjust, { id: "1" });
      const keys = server.requests.map(({ body }) => (body as { variables: { key: string } }).variables.key);
      expect(keys).toEqual([response.idempotencyKey, response.idempotencyKey]);
      expect(keys[0]).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      await graphql.mutate(Adjust, { id: "1" });
      expect(server.requests[2]?.body).not.toMatchObject({ variables: { key: keys[0] } });
    });

    test("takes the caller's key, as an option or as the variable", async () => {
      const { fetch, requests } = stubFetch(() => Response.json({ data: { adjust: {} } }));
      const graphql = graphqlMethods(createAcme({ fetch }, facts));
      await graphql.mutate(Adjust, { id: "1" }, { idempotencyKey: "mine" });
      await graphql.mutate(Adjust, { id: "1", key: "own" });
      expect(requests.map((request) => sentBy(request).variables.key)).toEqual(["mine", "own"]);
    });

    test("a mutation without the directive has no key, and is not sent again", async () => {
      const server = await serve([{ kind: "response", status: 502 }], () => ({ body: { data: {} } }));
      const graphql = graphqlMethods(createAcme({ baseUrl: server.url }, facts));
      const { error } = await graphql.safe.mutate(UpdateProduct, { id: "1" });
      expect(error).toMatchObject({ status: 502, outcome: "unknown" });
      expect(server.requests).toHaveLength(1);
      const refused = graphql.mutate(UpdateProduct, { id: "1" }, { idempotencyKey: "mine" });
      expect(await rejection(refused)).toBeInstanceOf(ConfigurationError);
    });
  });
});
