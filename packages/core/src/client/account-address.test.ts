import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import type { AccountSource } from "../auth/credential-source.js";
import { tieredCache } from "../cache/index.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { graphql } from "../graphql/index.js";
import type { ProviderProfile } from "../provider/profile.js";
import { toFetch } from "./fetch/to-fetch.js";

/** Admin API: https://shopify.dev/docs/api/admin-graphql#endpoints */
const shopify: Partial<ProviderProfile> = {
  name: "Shopify",
  baseUrl: "https://{shop}.myshopify.com/admin/api/2026-07",
  variables: { shop: { pattern: "[a-z0-9][a-z0-9-]*" } },
  auth: { kind: "header", name: "x-shopify-access-token", env: "SHOPIFY_TOKEN", accounts: true },
  pagination: [{ kind: "link-header", items: [] }],
};

/** Support API: https://developer.zendesk.com/api-reference/introduction/requests/ */
const zendesk: Partial<ProviderProfile> = {
  name: "Zendesk",
  baseUrl: "https://{subdomain}.zendesk.com",
  variables: { subdomain: { pattern: "[a-z0-9][a-z0-9-]*" } },
  auth: { kind: "bearer", env: "ZENDESK_TOKEN", accounts: true },
  pagination: [{ kind: "next-url", items: ["tickets"], next: ["next_page"] }],
};

/** Accounts whose token is their name, on the hosts of their variables. */
function accounts(variables: Readonly<Record<string, Readonly<Record<string, string>>>>): AccountSource<string> {
  return { getAccount: ({ account }) => `token-${account}`, getVariables: ({ account }) => variables[account] ?? {} };
}
const shops = accounts({ a: { shop: "blue-hats" }, b: { shop: "red-shoes" } });
const sites = accounts({ a: { subdomain: "blue-hats" }, b: { subdomain: "red-shoes" } });

async function collect(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const urlsOf = ({ requests }: ReturnType<typeof stubFetch>) => requests.map(({ url }) => url);

describe("an account with a host of its own", () => {
  test("is called there, with its own credential", async () => {
    const stub = stubFetch(() => Response.json({}));
    const client = createAcme({ fetch: stub.fetch, auth: shops }, shopify);
    for (const account of ["a", "b"]) await client.GET("/shop.json", { account });
    const sent = stub.requests.map(({ url, headers }) => [url, headers.get("x-shopify-access-token")]);
    expect(sent).toEqual([
      ["https://blue-hats.myshopify.com/admin/api/2026-07/shop.json", "token-a"],
      ["https://red-shoes.myshopify.com/admin/api/2026-07/shop.json", "token-b"],
    ]);
  });

  test("has a cache of its own", async () => {
    const stub = stubFetch(({ url }) => Response.json({ from: new URL(url).host }));
    const client = createAcme({ fetch: stub.fetch, auth: sites, cache: tieredCache() }, zendesk);
    const get = async (account: string) => {
      const { data, response } = await client.GET("/api/v2/tickets", { account, cache: { ttlMs: 60_000 } });
      return [data.from, response.cache];
    };
    expect([await get("a"), await get("b"), await get("a")]).toEqual([
      ["blue-hats.zendesk.com", "miss"],
      ["red-shoes.zendesk.com", "miss"],
      ["blue-hats.zendesk.com", "hit"],
    ]);
  });

  test("has lists whose links lead on below its host", async () => {
    const stub = stubFetch((_, count) => {
      const next = "https://blue-hats.zendesk.com/api/v2/tickets?page=2";
      return Response.json({ tickets: [count], next_page: count === 1 ? next : null });
    });
    const client = createAcme({ fetch: stub.fetch, auth: sites }, zendesk);
    expect(await collect(client.paginate("/api/v2/tickets", { account: "a" }))).toEqual([1, 2]);
    expect(urlsOf(stub)[1]).toBe("https://blue-hats.zendesk.com/api/v2/tickets?page=2");
  });

  test.each([
    { profile: shopify, auth: shops, path: "/products.json", next: "https://red-shoes.myshopify.com/products.json" },
    { profile: zendesk, auth: sites, path: "/api/v2/tickets", next: "https://red-shoes.zendesk.com/api/v2/tickets" },
  ])("of $profile.name has no list that leads to the host of another", async ({ profile, auth, path, next }) => {
    const stub = stubFetch(() => {
      const isBare = profile === shopify;
      const headers: Record<string, string> = isBare ? { link: `<${next}>; rel="next"` } : {};
      return Response.json(isBare ? [1] : { tickets: [1], next_page: next }, { headers });
    });
    const client = createAcme({ fetch: stub.fetch, auth }, profile);
    await rejection(collect(client.paginate(path, { account: "a" })));
    expect(new Set(urlsOf(stub).map((url) => new URL(url).host))).toHaveProperty("size", 1);
  });

  test("is redirected to another host without its credential", async () => {
    const stub = stubFetch(({ url }) => {
      if (new URL(url).host === "blue-hats.zendesk.com") return Response.redirect("https://files.test/1", 302);
      return Response.json({});
    });
    await createAcme({ fetch: stub.fetch, auth: sites }, zendesk).GET("/api/v2/tickets", { account: "a" });
    expect(stub.requests.map(({ headers }) => headers.has("authorization"))).toEqual([true, false]);
  });

  test("is called there by toFetch and by graphql", async () => {
    const stub = stubFetch(() => Response.json({ data: { shop: { name: "Blue hats" } } }));
    const client = createAcme({ fetch: stub.fetch, auth: shops }, shopify);
    await graphql(client, { query: "{ shop { name } }" }, { account: "a" });
    const fetch = toFetch(client, { account: "b" });
    await fetch("shop.json");
    await fetch("https://red-shoes.myshopify.com/admin/api/2026-07/products.json");
    await expect(fetch("https://blue-hats.myshopify.com/admin/api/2026-07/shop.json")).rejects.toThrow(
      "the address must be on the origin https://red-shoes.myshopify.com",
    );
    expect(urlsOf(stub)).toEqual([
      "https://blue-hats.myshopify.com/admin/api/2026-07/graphql",
      "https://red-shoes.myshopify.com/admin/api/2026-07/shop.json",
      "https://red-shoes.myshopify.com/admin/api/2026-07/products.json",
    ]);
  });
});

describe("variables of an account", () => {
  test.each([
    [{ shop: "evil.example/" }],
    [{ shop: "evil.example#" }],
    [{ shop: "a@evil.example:443" }],
    [{ shop: "evil\\example" }],
    [{ shop: "EVIL" }],
    [{ shop: "" }],
    [{}],
    [{ shop: "blue-hats", host: "evil.example" }],
  ])("that do not match the pattern are refused, and nothing is sent: %j", async (variables) => {
    const stub = stubFetch(() => Response.json({}));
    const client = createAcme(
      { fetch: stub.fetch, auth: accounts({ a: variables as Record<string, string> }) },
      shopify,
    );
    expect(await rejection(client.GET("/shop.json", { account: "a" }))).toBeInstanceOf(ConfigurationError);
    expect(await rejection(collect(client.paginate("/shop.json", { account: "a" })))).toBeInstanceOf(
      ConfigurationError,
    );
    expect(stub.requests).toEqual([]);
  });

  test("are not needed where the client has one address: a fake, or one account", async () => {
    const stub = stubFetch(() => Response.json({}));
    const client = createAcme(
      { fetch: stub.fetch, auth: "token", baseUrl: "https://blue-hats.zendesk.com" },
      { ...zendesk, auth: { kind: "bearer", env: "ZENDESK_TOKEN" } },
    );
    await client.GET("/api/v2/tickets");
    expect(urlsOf(stub)).toEqual(["https://blue-hats.zendesk.com/api/v2/tickets"]);
  });

  test("are asked for where the client is created", () => {
    expect(() => createAcme({ auth: "token" }, zendesk)).toThrow(
      "Zendesk: pass `subdomain`, `baseUrl`, as https://{subdomain}.zendesk.com, or `auth` whose accounts have their variables.",
    );
  });

  test("end with the signal of the call", async () => {
    const auth = { ...shops, getVariables: () => new Promise<never>(() => {}) };
    const controller = new AbortController();
    const error = rejection(
      createAcme({ auth }, shopify).GET("/shop.json", { account: "a", signal: controller.signal }),
    );
    controller.abort(new Error("gone"));
    expect(String(await error)).toContain("gone");
  });
});

describe("a client of one account", () => {
  test("takes the variables of the address as options, and an account's take precedence over them", async () => {
    const stub = stubFetch(() => Response.json({}));
    const one = createAcme({ fetch: stub.fetch, auth: "token", shop: "blue-hats" } as never, shopify);
    await one.GET("/shop.json");
    const many = createAcme({ fetch: stub.fetch, auth: shops, shop: "green-socks" } as never, shopify);
    await many.GET("/shop.json", { account: "b" });
    expect(urlsOf(stub)).toEqual([
      "https://blue-hats.myshopify.com/admin/api/2026-07/shop.json",
      "https://red-shoes.myshopify.com/admin/api/2026-07/shop.json",
    ]);
  });

  test.each(["evil.example/", "a.b", "", 7])("R49: refuses a variable that does not match its pattern: %j", (shop) => {
    expect(() => createAcme({ auth: "token", shop } as never, shopify)).toThrow("Shopify: `shop` must match");
  });

  test("refuses a variable that the provider does not have", () => {
    expect(() => createAcme({ auth: "token", shop: "a", site: "b" } as never, shopify)).toThrow(
      "unknown option `site`",
    );
  });
});
