import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve, serveWith } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import type { ConnectorOptions } from "../connector/options.js";
import type { PageFacts, Pagination, ProviderProfile } from "../connector/profile.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import { ResponseParseError } from "../errors/response-parse-error.js";
import { TimeoutError } from "../errors/timeout-error.js";

const items = Array.from({ length: 7 }, (_, i) => ({ id: `id-${i + 1}` }));
const ids = items.map(({ id }) => id);

interface Asked {
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown> | undefined;
  readonly url: string;
  readonly method: string;
}

type Page = { body: unknown; headers?: Record<string, string> };

/** A client of a list that is answered by a function, and what it was asked. */
function listOf(
  style: Pagination | readonly Pagination[],
  answer: (asked: Asked, count: number) => Page,
  {
    facts = {},
    profile = {},
    options = {},
  }: { facts?: PageFacts; profile?: Partial<ProviderProfile>; options?: ConnectorOptions } = {},
) {
  const asked: Asked[] = [];
  const { fetch, requests } = stubFetch(({ url, body, method }, count) => {
    const one = { query: new URL(url).searchParams, body: body ? JSON.parse(String(body)) : undefined, url, method };
    asked.push(one);
    const page = answer(one, count);
    return Response.json(page.body, { headers: page.headers ?? {} });
  });
  const acme = createAcme(
    { fetch, ...options },
    { pagination: [style].flat(), ...profile },
    { pages: { "/things": facts } },
  );
  return { acme, asked, requests };
}

async function collect<T>(walk: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of walk) found.push(item);
  return found;
}

const idsOf = async (walk: AsyncIterable<{ id: string }>) => (await collect(walk)).map(({ id }) => id);

const lastItem: Pagination = {
  kind: "cursor",
  items: ["data"],
  from: { lastItem: ["id"] },
  into: { in: "query", name: "starting_after" },
  more: ["has_more"],
};
/** Three to a page, after the item that the cursor names. */
function afterItem({ query }: Asked): Page {
  const start = ids.indexOf(query.get("starting_after") ?? "") + 1;
  return { body: { data: items.slice(start, start + 3), has_more: start + 3 < items.length } };
}

describe("walks to the end, each item once", () => {
  test("by the last item of a page", async () => {
    const { acme, asked } = listOf(lastItem, afterItem);
    expect(await idsOf(acme.paginate("/things", { params: { query: { limit: 3 } } }))).toEqual(ids);
    expect(asked.map(({ query }) => [query.get("limit"), query.get("starting_after")])).toEqual([
      ["3", null],
      ["3", "id-3"],
      ["3", "id-6"],
    ]);
  });

  test("by a cursor of the page, in the query", async () => {
    const style: Pagination = {
      kind: "cursor",
      items: ["results"],
      from: { body: ["paging", "next", "after"] },
      into: { in: "query", name: "after" },
    };
    const { acme } = listOf(style, ({ query }) => {
      const start = Number(query.get("after") ?? 0);
      const next = start + 3 < 7 ? { paging: { next: { after: String(start + 3) } } } : {};
      return { body: { results: items.slice(start, start + 3), ...next } };
    });
    expect(await idsOf(acme.paginate("/things"))).toEqual(ids);
  });

  test.each([[null], [""], [undefined]])("by a cursor in the body of a POST; %j is the end", async (end) => {
    const style: Pagination = {
      kind: "cursor",
      items: [],
      from: { body: [0, "next"] },
      into: { in: "body", name: "page" },
    };
    const { acme, asked } = listOf(
      style,
      ({ body }) => ({
        body: [{ id: `id-${body?.page ?? 0}`, next: Number(body?.page ?? 0) < 2 ? Number(body?.page ?? 0) + 1 : end }],
      }),
      { facts: { method: "POST" } },
    );
    const given = { filter: "x" };
    expect(await idsOf(acme.paginate("/things", { body: given }))).toEqual(["id-0", "id-1", "id-2"]);
    expect(asked.map(({ method, body }) => [method, body])).toEqual([
      ["POST", { filter: "x" }],
      ["POST", { filter: "x", page: 1 }],
      ["POST", { filter: "x", page: 2 }],
    ]);
    expect(given).toEqual({ filter: "x" });
  });

  test("by the Link header", async () => {
    const { acme, asked } = listOf({ kind: "link-header", items: [] }, ({ query }) => {
      const page = Number(query.get("page") ?? 1);
      const link =
        page < 3
          ? `</things?page=${page + 1}&q=a%20b>; rel="next", </things?page=3>; rel="last"`
          : `</things>; rel="first"`;
      return { body: items.slice((page - 1) * 3, page * 3), headers: { link } };
    });
    expect(await idsOf(acme.paginate("/things", { params: { query: { q: "a b" } } }))).toEqual(ids);
    expect(asked.map(({ url }) => url.replace("https://api.acme.test", ""))).toEqual([
      "/things?q=a%20b",
      "/things?page=2&q=a%20b",
      "/things?page=3&q=a%20b",
    ]);
  });

  test.each(["", "https://api.acme.test"])("by a URL of the page, relative or absolute (%j)", async (origin) => {
    const { acme } = listOf({ kind: "next-url", items: ["list"], next: ["meta", "next"] }, ({ query }) => {
      const page = Number(query.get("page") ?? 1);
      return {
        body: {
          list: items.slice((page - 1) * 3, page * 3),
          meta: { next: page < 3 ? `${origin}/things?page=${page + 1}` : null },
        },
      };
    });
    expect(await idsOf(acme.paginate("/things"))).toEqual(ids);
  });

  test("by an offset, until a page is shorter than asked for, or empty", async () => {
    const style: Pagination = { kind: "offset", items: ["data"], into: { in: "query", name: "offset" }, size: "limit" };
    const answer = ({ query }: Asked) => {
      const start = Number(query.get("offset") ?? 0);
      return { body: { data: items.slice(start, start + 3) } };
    };
    const sized = listOf(style, answer);
    expect(await idsOf(sized.acme.paginate("/things", { params: { query: { limit: 3 } } }))).toEqual(ids);
    expect(sized.asked.map(({ query }) => query.get("offset"))).toEqual([null, "3", "6"]);
    const unsized = listOf(style, answer);
    expect(await idsOf(unsized.acme.paginate("/things"))).toEqual(ids);
    expect(unsized.asked).toHaveLength(4);
    const later = listOf(style, answer);
    expect(await idsOf(later.acme.paginate("/things", { params: { query: { offset: 4 } } }))).toEqual(ids.slice(4));
  });

  test("by an offset in the body", async () => {
    const style: Pagination = { kind: "offset", items: ["rows"], into: { in: "body", name: "offset" }, size: "limit" };
    const { acme, asked } = listOf(
      style,
      ({ body }) => ({ body: { rows: items.slice(Number(body?.offset ?? 0), Number(body?.offset ?? 0) + 4) } }),
      { facts: { method: "POST" } },
    );
    expect(await idsOf(acme.paginate("/things", { body: { limit: "4" } }))).toEqual(ids);
    expect(asked).toHaveLength(2);
  });

  test.each([0, 1])("by page numbers from %i", async (first) => {
    const style: Pagination = { kind: "page-number", items: ["data"], into: { in: "query", name: "page" }, first };
    const { acme, asked } = listOf(style, ({ query }) => {
      const page = Number(query.get("page") ?? first) - first;
      return { body: { data: items.slice(page * 3, page * 3 + 3) } };
    });
    expect(await idsOf(acme.paginate("/things"))).toEqual(ids);
    expect(asked.map(({ query }) => query.get("page"))).toEqual(
      [null, first + 1, first + 2, first + 3].map((n) => (n === null ? n : String(n))),
    );
  });

  test("by another style, method and place where the facts say so", async () => {
    const other: Pagination = {
      kind: "cursor",
      items: ["data"],
      from: { body: ["next_page"] },
      into: { in: "query", name: "page" },
    };
    const { acme } = listOf(
      [lastItem, other],
      ({ query }) => ({
        body: { found: [{ id: query.get("page") ?? "first" }], next_page: query.get("page") ? null : "p2" },
      }),
      {
        facts: { style: 1, items: ["found"] },
      },
    );
    expect(await idsOf(acme.paginate("/things"))).toEqual(["first", "p2"]);
  });

  test("over a real connection, and meets a 503 on the way", async () => {
    let failed = false;
    const server = await serveWith(({ query }) => {
      if (query.starting_after === "id-3" && !failed) {
        failed = true;
        return { status: 503 };
      }
      const { body } = afterItem({
        query: new URLSearchParams(query as Record<string, string>),
        body: undefined,
        url: "",
        method: "GET",
      });
      return { body };
    });
    const acme = createAcme({ baseUrl: server.url, random: () => 0 }, { pagination: [lastItem] });
    expect(await idsOf(acme.paginate("/things"))).toEqual(ids);
    expect(server.requests).toHaveLength(4);
  });
});

describe("a walk", () => {
  test("asks for a page only when the items of the last are used up, and stops where its user does", async () => {
    const { acme, asked } = listOf(lastItem, afterItem);
    const seen: string[] = [];
    for await (const { id } of acme.paginate("/things")) {
      seen.push(id);
      expect(asked).toHaveLength(Math.ceil(seen.length / 3));
      if (seen.length === 4) break;
    }
    expect(asked).toHaveLength(2);
  });

  test("sends nothing before it is begun, and begins anew each time", async () => {
    const { acme, asked } = listOf(lastItem, afterItem);
    const walk = acme.paginate("/things");
    expect(asked).toHaveLength(0);
    expect(await idsOf(walk)).toEqual(ids);
    expect(await idsOf(walk)).toEqual(ids);
  });

  test("gives whole pages by pages()", async () => {
    const { acme } = listOf(lastItem, afterItem);
    const pages = await collect(acme.paginate("/things").pages());
    expect(pages.map(({ data, has_more }) => [data.length, has_more])).toEqual([
      [3, true],
      [3, true],
      [1, false],
    ]);
  });

  test("ends after maxPages", async () => {
    const { acme, asked } = listOf(lastItem, afterItem);
    expect(await idsOf(acme.paginate("/things", { maxPages: 2 }))).toEqual(ids.slice(0, 6));
    expect(asked).toHaveLength(2);
  });

  test("over an empty list gives nothing", async () => {
    const { acme } = listOf(lastItem, () => ({ body: { data: [], has_more: false } }));
    expect(await idsOf(acme.paginate("/things"))).toEqual([]);
  });

  test("throws the failure of a page, with what came before already given", async () => {
    const { fetch } = stubFetch((_, count) =>
      count === 1 ? Response.json({ data: items.slice(0, 3), has_more: true }) : new Response(null, { status: 404 }),
    );
    const seen: unknown[] = [];
    const error = await rejection(
      (async () => {
        for await (const item of createAcme({ fetch }, { pagination: [lastItem] }).paginate("/things")) seen.push(item);
      })(),
    );
    expect(error).toMatchObject({ name: "NotFoundError", operation: "GET /things" });
    expect(seen).toHaveLength(3);
  });

  test("R9: that is aborted between two pages sends no other, and keeps the signal's reason", async () => {
    const controller = new AbortController();
    const { acme, asked } = listOf(lastItem, afterItem);
    const error = await rejection(
      (async () => {
        for await (const { id } of acme.paginate("/things", { signal: controller.signal }))
          if (id === "id-3") controller.abort("enough");
      })(),
    );
    expect(error).toBe("enough");
    expect(asked).toHaveLength(1);
  });

  test("ends with a TimeoutError once totalDeadlineMs are over, whatever each page may take", async () => {
    const server = await serveWith(({ query }, count) => {
      void query;
      return { body: { data: [{ id: `id-${count}` }], has_more: true } };
    });
    const acme = createAcme({ baseUrl: server.url }, { pagination: [lastItem] });
    const startedAt = performance.now();
    const error = await rejection<TimeoutError>(
      (async () => {
        for await (const _ of acme.paginate("/things", { totalDeadlineMs: 300 }))
          await new Promise((resolve) => setTimeout(resolve, 30));
      })(),
    );
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ limit: "deadline", operation: "GET /things" });
    expect(performance.now() - startedAt).toBeLessThan(300 + 30 + 100);
    expect(server.requests.length).toBeGreaterThan(1);
  });

  test("that is stuck in a page ends at totalDeadlineMs too", async () => {
    const { acme } = listOf(lastItem, afterItem, { options: { fetch: () => new Promise(() => {}) } });
    expect(await rejection(collect(acme.paginate("/things", { totalDeadlineMs: 40 })))).toBeInstanceOf(TimeoutError);
  });
});

describe("a provider that would never let it end", () => {
  test.each<[string, (count: number) => string]>([
    ["the same cursor again", () => "same"],
    ["cursors that go in a circle", (count) => `c${count % 3}`],
    ["a circle after a while", (count) => (count < 20 ? `c${count}` : `d${count % 5}`)],
  ])("by %s is an error that says so", async (_, cursor) => {
    const style: Pagination = {
      kind: "cursor",
      items: ["data"],
      from: { body: ["next"] },
      into: { in: "query", name: "c" },
    };
    const { acme, asked } = listOf(style, (_asked, count) => ({
      body: { data: [{ id: count }], next: cursor(count) },
    }));
    const error = await rejection(collect(acme.paginate("/things")));
    expect(error).toBeInstanceOf(ResponseParseError);
    expect(error.message).toMatch(/^GET \/things: .*leads back/);
    expect(asked.length).toBeLessThan(100);
  });

  test("a long walk without a circle is none", async () => {
    const style: Pagination = {
      kind: "cursor",
      items: ["data"],
      from: { body: ["next"] },
      into: { in: "query", name: "c" },
    };
    const { acme } = listOf(style, (_asked, count) => ({
      body: { data: [{ id: count }], next: count < 2_000 ? `c${count}` : null },
    }));
    expect(await collect(acme.paginate("/things"))).toHaveLength(2_000);
  });
});

describe("what is no list", () => {
  test.each<[unknown]>([[{ data: { id: 1 } }], [{}], [null], ["text"]])(
    "%j is a ResponseParseError that names the place",
    async (body) => {
      const { acme } = listOf(lastItem, () => ({ body }));
      const error = await rejection(collect(acme.paginate("/things")));
      expect(error).toBeInstanceOf(ResponseParseError);
      expect(error.message).toMatch(/`data`/);
    },
  );

  test("a provider without lists says so", () => {
    expect(() => createAcme().paginate("/things")).toThrow(ConfigurationError);
  });

  test("R47: a path such as __proto__ has no facts of its own", async () => {
    const { acme } = listOf(lastItem, afterItem);
    expect(await idsOf(acme.paginate("/__proto__"))).toEqual(ids);
  });
});

describe("R42: a link to the next page never leads off the origin", () => {
  const followed = async (link: string, asHeader: boolean) => {
    const style: Pagination = asHeader
      ? { kind: "link-header", items: ["data"] }
      : { kind: "next-url", items: ["data"], next: ["next"] };
    const { acme, asked } = listOf(style, () => ({
      body: { data: [{ id: 1 }], next: link },
      ...(asHeader ? { headers: { link: `<${link}>; rel="next"` } } : {}),
    }));
    const error = await rejection(
      collect(acme.paginate("/things", { maxPages: 2 })).then(() => {
        throw new Error("ended");
      }),
    );
    for (const { url } of asked) {
      const { origin, username, password } = new URL(url);
      expect([origin, username, password]).toEqual(["https://api.acme.test", "", ""]);
    }
    return { error, asked };
  };

  test.each([
    "https://evil.test/things",
    "//evil.test/things",
    "https://api.acme.test@evil.test/things",
    "https://user:pass@api.acme.test/things",
    "https://api.acme.test:8443/things",
    "http://api.acme.test/things",
    "https://api.acme.test.evil.test/things",
    "\\\\evil.test\\things",
    "/\\evil.test/things",
    "https:\\\\evil.test",
    "https://127.0.0.1/things",
    "https://[::1]/things",
    "https://0x7f000001/",
    "ftp://api.acme.test/things",
    "javascript:alert(1)",
    "data:text/plain,x",
    "https://[",
    "https://api.acme.test%2eevil.test/",
  ])("%s", async (link) => {
    for (const asHeader of [false, true]) {
      const { error, asked } = await followed(link, asHeader);
      expect(error).toBeInstanceOf(ResponseParseError);
      expect(asked).toHaveLength(1);
    }
  });

  test("nor does a relative one, of a page that was itself redirected to another origin", async () => {
    const elsewhere = await serve([], { body: { data: [{ id: 1 }], next: "/more" } });
    const server = await serve([{ kind: "answer", status: 302, headers: { location: `${elsewhere.url}/things` } }]);
    const style: Pagination = { kind: "next-url", items: ["data"], next: ["next"] };
    const acme = createAcme({ baseUrl: server.url }, { pagination: [style] });
    expect(await rejection(collect(acme.paginate("/things")))).toBeInstanceOf(ResponseParseError);
    expect(elsewhere.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ["/things", undefined],
    ]);
  });

  test("whatever the link is", async () => {
    const part = fc.constantFrom(
      "https:",
      "http:",
      "/",
      "//",
      "\\",
      "@",
      ":",
      "evil.test",
      "api.acme.test",
      ".",
      "..",
      "?",
      "#",
      "\t",
      "%2f",
      "8443",
      "[::1]",
      "user",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 8 }), async (parts) => {
        await followed(parts.join(""), false);
      }),
      { numRuns: 300 },
    );
  });
});
