import { ConfigurationError } from "@connectry/core";
import { describe, expect, test } from "vitest";
import { setUp } from "../test/recorded-client.js";
import { createShopify, toFetch } from "./index.js";

describe("the shop", () => {
  test("is the host, and the version of the API is in the path", async () => {
    const { shopify, sent } = setUp(() => Response.json({ data: { shop: { name: "Example" } } }));
    await shopify.query("query { shop { name } }");
    expect(sent).toMatchObject([
      { url: "https://example.myshopify.com/admin/api/2026-07/graphql.json", token: "shpat_1" },
    ]);
  });

  test.each([
    "evil.example",
    "evil.example/",
    "evil.example#",
    "evil.example?a=",
    "a@evil.example",
    "a/../b",
    "a.b",
    "a:1",
    "a\\b",
    "-a",
    "",
    "a\n",
    "а",
  ])("R49: is refused where it could lead elsewhere: %j", (shop) => {
    const { sent } = setUp(() => Response.json({}));
    const create = () => createShopify({ shop, auth: "shpat_1" });
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow("Shopify: `shop` must match");
    expect(sent).toEqual([]);
  });

  test("may be that of an account, whose variables are checked as well", async () => {
    const shops: Readonly<Record<string, string>> = { a: "blue-hats", b: "red-shoes", c: "evil.example/" };
    const auth = {
      getAccount: ({ account }: { readonly account: string }) => `token-${account}`,
      getVariables: ({ account }: { readonly account: string }) => ({ shop: shops[account] ?? "" }),
    };
    const { shopify, sent } = setUp(() => Response.json({ data: {} }), { shop: undefined, auth });
    for (const account of ["a", "b"]) await shopify.query("query { shop { name } }", {}, { account });
    expect(sent.map(({ url, token }) => [new URL(url).host, token])).toEqual([
      ["blue-hats.myshopify.com", "token-a"],
      ["red-shoes.myshopify.com", "token-b"],
    ]);
    await expect(shopify.query("query { shop { name } }", {}, { account: "c" })).rejects.toThrow(ConfigurationError);
    expect(sent).toHaveLength(2);
  });

  test("is needed, and the message says so", () => {
    expect(() => createShopify({ auth: "shpat_1" })).toThrow(
      "Shopify: pass `shop`, `baseUrl`, as https://{shop}.myshopify.com",
    );
  });

  test("is that of Shopify's own clients, too: their requests to it go through the connector", async () => {
    const { shopify, sent } = setUp(() => Response.json({ data: {} }));
    await toFetch(shopify)("https://example.myshopify.com/admin/api/2026-07/graphql.json", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "query { shop { name } }" }),
    });
    expect(sent.map(({ url }) => new URL(url).host)).toEqual(["example.myshopify.com"]);
    await expect(toFetch(shopify)("https://other.myshopify.com/admin/api/2026-07/graphql.json")).rejects.toThrow();
    expect(sent).toHaveLength(1);
  });
});
