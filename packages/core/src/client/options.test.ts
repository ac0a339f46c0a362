import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { ConnectorOptions } from "./options.js";

const limits = [
  "deadlineMs",
  "attemptTimeoutMs",
  "maxAttempts",
  "maxRetryAfterMs",
  "maxResponseBytes",
  "idleTimeoutMs",
];

describe("an unknown option", () => {
  test("is rejected by name, with a suggestion", () => {
    const make = () => createAcme({ retries: 3 } as ConnectorOptions);
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(/^Acme: unknown option `retries`: did you mean `maxAttempts`\?$/);
  });

  test.each([
    "baseUrl",
    "fetch",
    "Request",
    "middleware",
    "querySerializer",
    "bodySerializer",
    "pathSerializer",
    "parseAs",
    "retries",
    "__proto__x",
  ])("of a call is rejected: %s", async (key) => {
    const { fetch, requests } = stubFetch();
    const error = await rejection(createAcme({ fetch }).GET("/things", { [key]: "x" }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toMatch(/^GET \/things: unknown option `/);
    expect(requests).toEqual([]);
  });

  test("of paginate is rejected; only paginate takes maxPages", async () => {
    const pagination = [{ kind: "link-header", items: [] }] as const;
    expect(() => createAcme({}, { pagination }).paginate("/things", { pages: 3 } as object)).toThrow(
      /unknown option `pages`: did you mean `maxPages`/,
    );
    expect(() => createAcme({}, { pagination }).paginate("/things", { maxPages: 3 })).not.toThrow();
    expect(await rejection(createAcme().GET("/things", { maxPages: 3 }))).toBeInstanceOf(ConfigurationError);
  });

  test("R47: is rejected, too, where it has the name of an inherited property", async () => {
    expect(await rejection(createAcme().GET("/things", JSON.parse('{"__proto__": 1}')))).toBeInstanceOf(
      ConfigurationError,
    );
    expect(await rejection(createAcme().GET("/things", { constructor: 1 } as object))).toBeInstanceOf(
      ConfigurationError,
    );
  });
});

describe("an invalid number", () => {
  test.each([...limits, "concurrency", "maxQueued"])("is rejected as %s of a client", (key) => {
    for (const value of [0, -1, Number.NaN, "5", null, {}]) {
      const make = () => createAcme({ [key]: value });
      expect(make, String(value)).toThrow(ConfigurationError);
      expect(make).toThrow(new RegExp(`${key} must be a positive .*, got `));
    }
    expect(() => createAcme({ [key]: Number.POSITIVE_INFINITY })).not.toThrow();
    expect(() => createAcme({ [key]: undefined })).not.toThrow();
  });

  test.each(limits)("is rejected as %s of a call", async (key) => {
    const { fetch, requests } = stubFetch();
    expect(await rejection(createAcme({ fetch }).GET("/things", { [key]: -1 }))).toBeInstanceOf(ConfigurationError);
    expect(requests).toEqual([]);
  });

  test.each(["maxPages", "totalDeadlineMs"])("is rejected as %s of paginate", (key) => {
    const acme = createAcme({}, { pagination: [{ kind: "link-header", items: [] }] });
    expect(() => acme.paginate("/things", { [key]: -1 })).toThrow(/must be a positive .*, got -1/);
    expect(() => acme.paginate("/things", { [key]: Number.NaN })).toThrow(ConfigurationError);
  });

  test.each(["maxAttempts", "concurrency", "maxQueued"])("is one with a fraction for the count %s", (key) => {
    expect(() => createAcme({ [key]: 1.5 })).toThrow(/must be a positive integer, got /);
  });

  test("that is a symbol is rejected with a ConfigurationError", () => {
    expect(() => createAcme({ deadlineMs: Symbol("x") } as unknown as ConnectorOptions)).toThrow(ConfigurationError);
  });
});

describe("a limit", () => {
  const attempts = async (options: ConnectorOptions, call: object) => {
    const { fetch, requests } = stubFetch(() => new Response(null, { status: 503 }));
    await createAcme({ fetch, random: () => 0, ...options }).safe.GET("/things", call);
    return requests.length;
  };

  test("of a call takes precedence over the client's, and that over the default", async () => {
    expect(await attempts({}, {})).toBe(3);
    expect(await attempts({ maxAttempts: 2 }, {})).toBe(2);
    expect(await attempts({ maxAttempts: 2 }, { maxAttempts: 4 })).toBe(4);
    expect(await attempts({ maxAttempts: 2 }, { maxAttempts: undefined })).toBe(2);
  });
});

describe("headers", () => {
  const sent = async (options: ConnectorOptions, call: object = {}, profile = {}) => {
    const { fetch, requests } = stubFetch();
    await createAcme({ fetch, ...options }, profile).GET("/things", call);
    return requests[0]?.headers as Headers;
  };

  test("of a call take precedence over the client's, and those over the profile's, in any case", async () => {
    const profile = { headers: { "x-a": "profile", "x-b": "profile", "x-c": "profile" } };
    const headers = await sent(
      { headers: { "X-A": "connector", "X-B": "connector" } },
      { headers: { "x-A": "call" } },
      profile,
    );
    expect([headers.get("x-a"), headers.get("x-b"), headers.get("x-c")]).toEqual(["call", "connector", "profile"]);
  });

  test("are removed by null", async () => {
    expect((await sent({ headers: { "x-a": "connector" } }, { headers: { "x-a": null } })).has("x-a")).toBe(false);
  });

  test("contain the version of the document, or apiVersion, where the provider has a header for it", async () => {
    const profile = { versionHeader: "acme-version" };
    expect((await sent({}, {}, profile)).get("acme-version")).toBe("2024-04-10");
    expect((await sent({ apiVersion: "2025-01-01" }, {}, profile)).get("acme-version")).toBe("2025-01-01");
    expect(() => createAcme({ apiVersion: "2025-01-01" })).toThrow(/unknown option `apiVersion`/);
  });

  test("contain a user agent, which the user can replace", async () => {
    expect((await sent({})).get("user-agent")).toBe("connectry-acme");
    expect((await sent({ headers: { "User-Agent": "mine" } })).get("user-agent")).toBe("mine");
  });
});
