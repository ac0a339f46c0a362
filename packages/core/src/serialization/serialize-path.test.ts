import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { ConfigurationError } from "../errors/connectry-error.js";

const facts = { operations: { "GET /files/{path}/raw": { multiSegment: ["path"] } } };

/** The URL that is requested for a template and its parameters. */
async function urlOf(template: string, path: Record<string, unknown>): Promise<string> {
  const { fetch, requests } = stubFetch();
  await createAcme({ fetch }, {}, facts).GET(template, { params: { path } });
  return requests[0]?.url ?? "";
}

/** The error of a call that is rejected before anything is sent. */
async function configurationError(template: string, path: Record<string, unknown>): Promise<ConfigurationError> {
  const { fetch, requests } = stubFetch();
  const error = await rejection<ConfigurationError>(
    createAcme({ fetch }, {}, facts).GET(template, { params: { path } }),
  );
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(requests).toEqual([]);
  return error;
}

const customer = "/customers/{customer}/cards";

describe("R43: a path parameter stays within its segment", () => {
  test.each<[given: unknown, want: string]>([
    ["cus_123", "cus_123"],
    [new Date(0), "1970-01-01T00%3A00%3A00.000Z"],
    [42, "42"],
    [42n, "42"],
    [true, "true"],
    ["a/b", "a%2Fb"],
    ["a?b=c#d", "a%3Fb%3Dc%23d"],
    ["a\\b", "a%5Cb"],
    ["a b", "a%20b"],
    ["%2f", "%252f"],
    ["a%00b", "a%2500b"],
    ["a\u0000\t\r\nb", "a%00%09%0D%0Ab"],
    ["...", "..."],
    ["..a", "..a"],
    ["ä€😀", "%C3%A4%E2%82%AC%F0%9F%98%80"],
    ["$&$1", "%24%26%241"],
    ["{customer}", "%7Bcustomer%7D"],
    ["__proto__", "__proto__"],
  ])("%s is sent as %s", async (given, want) => {
    expect(await urlOf(customer, { customer: given })).toBe(`https://api.acme.test/customers/${want}/cards`);
  });

  test("with any text, the URL has the segments of the template", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", minLength: 1 }), async (text) => {
        let url: string;
        try {
          url = await urlOf(customer, { customer: text });
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
          return;
        }
        const { pathname, search, hash, origin } = new URL(url);
        expect([origin, search, hash]).toEqual(["https://api.acme.test", "", ""]);
        const segments = pathname.split("/");
        expect([segments.length, segments[1], segments[3]]).toEqual([4, "customers", "cards"]);
        expect(decodeURIComponent(segments[2] ?? "")).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

describe("R43: a value that a path cannot contain is rejected by name, before anything is sent", () => {
  test.each<[given: unknown, why: RegExp]>([
    [undefined, /must be a non-empty string or number/],
    [null, /must be a non-empty string or number/],
    ["", /empty/],
    [".", /dot segment/],
    ["..", /dot segment/],
    ["%2e%2e", /dot segment/],
    ["%2E.", /dot segment/],
    [Number.NaN, /`customer` is a Number that cannot be sent/],
    [Number.NEGATIVE_INFINITY, /`customer` is a Number that cannot be sent/],
    [{}, /must be a non-empty string or number/],
    [["a"], /must be a non-empty string or number/],
    [() => 1, /`customer` is a Function that cannot be sent/],
    [new Map([["a", 1]]), /`customer` is a Map that cannot be sent/],
    ["\ud800", /URI malformed/],
  ])("%j", async (given, why) => {
    const error = await configurationError(customer, { customer: given });
    expect(error.message).toMatch(why);
    expect(error.message).toMatch(/^GET \/customers\/\{customer\}\/cards: /);
  });

  test("a parameter that is missing", async () => {
    expect((await configurationError(customer, {})).message).toMatch(/path parameter `customer` must be/);
  });

  test("R47: inherited properties are not taken for parameters", async () => {
    for (const name of ["constructor", "toString", "__proto__"]) {
      expect((await configurationError(`/things/{${name}}`, {})).message).toMatch(
        /must be a non-empty string or number/,
      );
    }
  });

  test.each(["/../admin", "/things/..", "/things/.", "/things/%2e%2E/admin", "/things/./{id}"])(
    "a template that contains a dot segment: %s",
    async (template) => {
      expect((await configurationError(template, { id: "1" })).message).toMatch(/the path has a dot segment/);
    },
  );

  test("two parameters that form a dot segment together", async () => {
    expect((await configurationError("/a/{x}{y}/b", { x: ".", y: "b" })).message).toMatch(/dot segment/);
    expect((await configurationError("/a/.{x}/b", { x: "." })).message).toMatch(/dot segment/);
  });
});

test("a single brace in a path is not changed", async () => {
  expect(await urlOf("/things/{id", { id: "1" })).toBe("https://api.acme.test/things/{id");
  expect(await urlOf("/a}/{id}/b", { id: "1" })).toBe("https://api.acme.test/a}/1/b");
});

describe("a path parameter that may contain slashes", () => {
  const file = "/files/{path}/raw";
  test("keeps its slashes, and each of its segments is encoded", async () => {
    expect(await urlOf(file, { path: "src/a b/c?.txt" })).toBe("https://api.acme.test/files/src/a%20b/c%3F.txt/raw");
  });

  test.each(["a/../b", "../b", "a/.", "a//b", "/a", "a/", "a/%2e%2e/b", ""])(
    "R43: is rejected where it is %j, which would lead to another path",
    async (path) => {
      await configurationError(file, { path });
    },
  );

  // GitHub's contents: https://docs.github.com/en/rest/repos/contents
  describe("at the end of its path, and empty", () => {
    const contents = "/repos/{repo}/contents/{path}";
    const operations = Object.fromEntries(
      ["GET", "HEAD", "PUT", "DELETE", "PATCH", "POST"].map((method) => [
        `${method} ${contents}`,
        { multiSegment: ["path"] },
      ]),
    );
    const send = async (method: "GET" | "HEAD" | "PUT" | "DELETE" | "PATCH" | "POST", path: unknown) => {
      const { fetch, requests } = stubFetch();
      const call = createAcme({ fetch }, {}, { operations })[method](contents, {
        params: { path: { repo: "r", path } },
      });
      return {
        error: await call.then(
          () => undefined,
          (error: Error) => error,
        ),
        url: requests[0]?.url,
      };
    };

    test.each(["GET", "HEAD"] as const)("can be read: %s", async (method) => {
      expect((await send(method, "")).url).toBe("https://api.acme.test/repos/r/contents/");
    });

    test.each(["PUT", "DELETE", "PATCH", "POST"] as const)("is never written: %s", async (method) => {
      const { error, url } = await send(method, "");
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error?.message).toMatch(/path parameter `path` must be a non-empty string/);
      expect(url).toBeUndefined();
    });

    test.each([undefined, null, [], "/", "a/"])("is not what %j means", async (path) => {
      expect((await send("GET", path)).error).toBeInstanceOf(ConfigurationError);
    });
  });

  test("with any text does not change the segments around it", async () => {
    const segments = fc.array(fc.string({ unit: "binary" }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(segments, async (parts) => {
        const path = parts.join("/");
        try {
          const { pathname } = new URL(await urlOf(file, { path }));
          expect(pathname.split("/").length).toBe(path.split("/").length + 3);
          expect(pathname).toMatch(/^\/files\/.*\/raw$/);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
        }
      }),
    );
  });
});

describe("a path with a fragment or a query", () => {
  test("is sent without the fragment, which would hide the query", async () => {
    const { fetch, requests } = stubFetch();
    await createAcme({ fetch }).GET("/tags/{arn}#keys", { params: { path: { arn: "a" }, query: { keys: "b" } } });
    expect(requests[0]?.url).toBe("https://api.acme.test/tags/a?keys=b");
  });

  test("is sent with its own query before that of the caller", async () => {
    const { fetch, requests } = stubFetch();
    await createAcme({ fetch }).GET("/templates?full=true", { params: { query: { at: "c" } } });
    expect(requests[0]?.url).toBe("https://api.acme.test/templates?full=true&at=c");
  });
});
