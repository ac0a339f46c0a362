import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import type { ConnectorOptions } from "./options.js";

const limits = [
  "deadlineMs",
  "attemptTimeoutMs",
  "maxAttempts",
  "maxRetryAfterMs",
  "maxResponseBytes",
  "idleTimeoutMs",
];

describe("an option that does not exist", () => {
  test("is refused by name, and those that exist are listed", () => {
    const make = () => createAcme({ retries: 3 } as ConnectorOptions);
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(/^Acme: there is no option `retries`\. Known: .*maxAttempts.*\.$/);
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
  ])("is refused in a call: %s", async (key) => {
    const { fetch, requests } = stubFetch();
    const error = await rejection(createAcme({ fetch }).GET("/things", { [key]: "x" }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toMatch(/^GET \/things: there is no option `/);
    expect(requests).toEqual([]);
  });

  test("is refused in a walk, which alone takes maxPages", async () => {
    const pagination = [{ kind: "link-header", items: [] }] as const;
    expect(() => createAcme({}, { pagination }).paginate("/things", { pages: 3 } as object)).toThrow(
      /no option `pages`.*maxPages/,
    );
    expect(() => createAcme({}, { pagination }).paginate("/things", { maxPages: 3 })).not.toThrow();
    expect(await rejection(createAcme().GET("/things", { maxPages: 3 }))).toBeInstanceOf(ConfigurationError);
  });

  test("R47: also where an object inherits it", async () => {
    expect(await rejection(createAcme().GET("/things", JSON.parse('{"__proto__": 1}')))).toBeInstanceOf(
      ConfigurationError,
    );
    expect(await rejection(createAcme().GET("/things", { constructor: 1 } as object))).toBeInstanceOf(
      ConfigurationError,
    );
  });
});

describe("a number that is none", () => {
  test.each([...limits, "concurrency", "maxQueued"])("is refused as %s of a connector", (key) => {
    for (const value of [0, -1, Number.NaN, "5", null, {}]) {
      const make = () => createAcme({ [key]: value });
      expect(make, String(value)).toThrow(ConfigurationError);
      expect(make).toThrow(new RegExp(`${key} must be .*above 0.*, not `));
    }
    expect(() => createAcme({ [key]: Number.POSITIVE_INFINITY })).not.toThrow();
    expect(() => createAcme({ [key]: undefined })).not.toThrow();
  });

  test.each(limits)("is refused as %s of a call", async (key) => {
    const { fetch, requests } = stubFetch();
    expect(await rejection(createAcme({ fetch }).GET("/things", { [key]: -1 }))).toBeInstanceOf(ConfigurationError);
    expect(requests).toEqual([]);
  });

  test.each(["maxPages", "totalDeadlineMs"])("is refused as %s of a walk", (key) => {
    const acme = createAcme({}, { pagination: [{ kind: "link-header", items: [] }] });
    expect(() => acme.paginate("/things", { [key]: -1 })).toThrow(/above 0.*, not -1/);
    expect(() => acme.paginate("/things", { [key]: Number.NaN })).toThrow(ConfigurationError);
  });

  test.each(["maxAttempts", "concurrency", "maxQueued"])("counts are whole: %s", (key) => {
    expect(() => createAcme({ [key]: 1.5 })).toThrow(/whole/);
  });

  test("a symbol in its place does not get in the way of the message", () => {
    expect(() => createAcme({ deadlineMs: Symbol("x") } as unknown as ConnectorOptions)).toThrow(ConfigurationError);
  });
});

describe("a limit", () => {
  const attempts = async (options: ConnectorOptions, call: object) => {
    const { fetch, requests } = stubFetch(() => new Response(null, { status: 503 }));
    await createAcme({ fetch, random: () => 0, ...options }).safe.GET("/things", call);
    return requests.length;
  };

  test("of a call goes before the connector's, and that before the default", async () => {
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

  test("of a call go before the connector's, and those before the profile's, whatever their case", async () => {
    const profile = { headers: { "x-a": "profile", "x-b": "profile", "x-c": "profile" } };
    const headers = await sent(
      { headers: { "X-A": "connector", "X-B": "connector" } },
      { headers: { "x-A": "call" } },
      profile,
    );
    expect([headers.get("x-a"), headers.get("x-b"), headers.get("x-c")]).toEqual(["call", "connector", "profile"]);
  });

  test("null removes one", async () => {
    expect((await sent({ headers: { "x-a": "connector" } }, { headers: { "x-a": null } })).has("x-a")).toBe(false);
  });

  test("the document's version is sent where the provider takes one, or the user's own", async () => {
    const profile = { versionHeader: "acme-version" };
    expect((await sent({}, {}, profile)).get("acme-version")).toBe("2024-04-10");
    expect((await sent({ apiVersion: "2025-01-01" }, {}, profile)).get("acme-version")).toBe("2025-01-01");
    expect(() => createAcme({ apiVersion: "2025-01-01" })).toThrow(/no option `apiVersion`/);
  });

  test("say who is calling", async () => {
    expect((await sent({})).get("user-agent")).toBe("connectry-acme");
    expect((await sent({ headers: { "User-Agent": "mine" } })).get("user-agent")).toBe("mine");
  });
});
