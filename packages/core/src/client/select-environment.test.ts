import { afterEach, describe, expect, test, vi } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { tenantFingerprint } from "../auth/tenant-fingerprint.js";
import { tieredCache } from "../cache/index.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { createObserver } from "../observe/index.js";
import type { ProviderFacts } from "../provider/facts.js";
import type { ProviderProfile } from "../provider/profile.js";
import { toFetch } from "./fetch/to-fetch.js";
import { internalsOf } from "./internals.js";
import type { EnvironmentOption, VariableOptions } from "./options.js";

/** `servers` of https://github.com/plaid/plaid-openapi, and https://plaid.com/docs/api/ for the headers. */
const plaid = {
  name: "Plaid",
  baseUrl: "https://production.plaid.com",
  environments: {
    production: {},
    sandbox: { baseUrl: "https://sandbox.plaid.com", env: { PLAID_SECRET: "PLAID_SANDBOX_SECRET" } },
  },
  auth: {
    kind: "parts",
    parts: [
      { name: "clientId", env: "PLAID_CLIENT_ID", in: "header", as: "plaid-client-id" },
      { name: "secret", env: "PLAID_SECRET", in: "header", as: "plaid-secret" },
    ],
  },
} as const satisfies Partial<ProviderProfile>;
const keys = { clientId: "client-1", secret: "secret-1" };

/**
 * https://docs.adyen.com/development-resources/live-endpoints/: the prefix is a random text and the name of the company. The Management API
 * has no prefix: https://docs.adyen.com/api-explorer/Management/latest/overview
 */
const adyen = {
  name: "Adyen",
  baseUrl: "https://checkout-test.adyen.com/v71",
  origins: ["https://management-test.adyen.com"],
  variables: { prefix: { pattern: "[0-9a-zA-Z]+-[0-9a-zA-Z]+" } },
  environments: {
    test: {},
    live: {
      baseUrl: "https://{prefix}-checkout-live.adyenpayments.com/checkout/v71",
      servers: { "https://management-test.adyen.com": "https://management-live.adyen.com" },
    },
  },
  auth: { kind: "header", name: "x-api-key", env: "ADYEN_API_KEY" },
} as const satisfies Partial<ProviderProfile>;
const adyenFacts: Partial<ProviderFacts> = {
  operations: { "GET /me": { server: "https://management-test.adyen.com/v3" } },
  servers: { "/donations/": "https://checkout-test.adyen.com/v71/extra" },
};

/** The table of https://docs.datadoghq.com/api/latest/authentication/ */
const datadog = {
  name: "Datadog",
  baseUrl: "https://api.datadoghq.com",
  environments: {
    us1: {},
    us3: { baseUrl: "https://api.us3.datadoghq.com" },
    us5: { baseUrl: "https://api.us5.datadoghq.com" },
    eu: { baseUrl: "https://api.datadoghq.eu" },
    ap1: { baseUrl: "https://api.ap1.datadoghq.com" },
  },
} as const satisfies Partial<ProviderProfile>;

type Options = Parameters<typeof createAcme>[0] & { environment?: string; prefix?: string };
const create = (options: Options, profile: Partial<ProviderProfile>, facts?: Partial<ProviderFacts>) =>
  createAcme(options, profile, facts);

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a provider with several environments", () => {
  test.each([
    [undefined, "https://production.plaid.com/accounts/get"],
    ["production", "https://production.plaid.com/accounts/get"],
    ["sandbox", "https://sandbox.plaid.com/accounts/get"],
  ])("is called in the one that its client names: %s", async (environment, url) => {
    const stub = stubFetch(() => Response.json({}));
    await create({ auth: keys, fetch: stub.fetch, environment }, plaid).POST("/accounts/get", { body: {} });
    expect(stub.requests[0]?.url).toBe(url);
  });

  test.each([
    [undefined, "https://api.datadoghq.com/api/v1/validate"],
    ["us3", "https://api.us3.datadoghq.com/api/v1/validate"],
    ["us5", "https://api.us5.datadoghq.com/api/v1/validate"],
    ["eu", "https://api.datadoghq.eu/api/v1/validate"],
    ["ap1", "https://api.ap1.datadoghq.com/api/v1/validate"],
  ])("may have regions: %s", async (environment, url) => {
    const stub = stubFetch(() => Response.json({}));
    await create({ fetch: stub.fetch, environment }, datadog).GET("/api/v1/validate");
    expect(stub.requests[0]?.url).toBe(url);
  });

  test("has the credential of its environment in variables of its own", async () => {
    vi.stubEnv("PLAID_CLIENT_ID", "client-1");
    vi.stubEnv("PLAID_SECRET", "live");
    vi.stubEnv("PLAID_SANDBOX_SECRET", "test");
    const stub = stubFetch(() => Response.json({}));
    for (const environment of ["production", "sandbox"]) {
      await create({ auth: undefined, fetch: stub.fetch, environment }, plaid).POST("/accounts/get");
    }
    const sent = stub.requests.map(({ headers }) => [headers.get("plaid-client-id"), headers.get("plaid-secret")]);
    expect(sent).toEqual([
      ["client-1", "live"],
      ["client-1", "test"],
    ]);
    vi.stubEnv("PLAID_SANDBOX_SECRET", undefined);
    expect(() => create({ auth: undefined, environment: "sandbox" }, plaid)).toThrow("PLAID_SANDBOX_SECRET");
  });

  test.each(["Sandbox", "", "constructor", "__proto__", 7])(
    "refuses an environment that it does not have: %j",
    (environment) => {
      expect(() => create({ auth: keys, environment: environment as string }, plaid)).toThrow(
        new ConfigurationError(
          `Plaid: \`environment\` must be one of "production", "sandbox", got ${JSON.stringify(environment)}.`,
        ),
      );
    },
  );

  test("has the option only where the profile has environments", () => {
    expect(() => create({ environment: "sandbox" }, {})).toThrow("unknown option `environment`");
  });

  test("names its environments in the type of the option", () => {
    const option: EnvironmentOption<typeof plaid> = { environment: "sandbox" };
    // @ts-expect-error: Plaid has no such environment.
    const wrong: EnvironmentOption<typeof plaid> = { environment: "development" };
    const variables: VariableOptions<typeof adyen> = { prefix: "1-A" };
    // @ts-expect-error: Adyen's addresses have no such variable.
    const unknown: VariableOptions<typeof adyen> = { shop: "acme" };
    expect([option, wrong, variables, unknown]).toHaveLength(4);
  });

  test("has the limits of the environment, where they are documented", () => {
    const limits = [{ bucket: "default", limit: 25, perMs: 1_000 }];
    const profile = { ...plaid, rateLimits: [], environments: { production: {}, sandbox: { rateLimits: limits } } };
    const internals = (environment: string) => internalsOf(create({ auth: keys, environment }, profile));
    expect(internals("sandbox").profile.rateLimits).toEqual(limits);
    expect(internals("production").profile.rateLimits).toEqual([]);
  });
});

describe("an environment whose host comes with the account", () => {
  // The URL of Adyen's own example: https://pkg.go.dev/github.com/adyen/adyen-go-api-library
  const prefix = "1797a841fbb37ca7-AdyenDemo";

  test("has the prefix of its option, and no other environment needs one", async () => {
    const stub = stubFetch(() => Response.json({}));
    await create({ fetch: stub.fetch }, adyen, adyenFacts).POST("/paymentMethods");
    await create({ fetch: stub.fetch, environment: "live", prefix }, adyen, adyenFacts).POST("/paymentMethods");
    await create({ fetch: stub.fetch, environment: "test", prefix }, adyen, adyenFacts).POST("/paymentMethods");
    expect(stub.requests.map(({ url }) => url)).toEqual([
      "https://checkout-test.adyen.com/v71/paymentMethods",
      "https://1797a841fbb37ca7-adyendemo-checkout-live.adyenpayments.com/checkout/v71/paymentMethods",
      "https://checkout-test.adyen.com/v71/paymentMethods",
    ]);
  });

  test("is not created without it", () => {
    expect(() => create({ environment: "live" }, adyen, adyenFacts)).toThrow("Adyen: pass `prefix`");
  });

  test.each(["evil.example/", "evil.example#", "evil.example?", "a-b.evil.example", "a@b", "", "AdyenDemo"])(
    "R49: refuses a prefix that would lead to a foreign host: %j",
    (wrong) => {
      expect(() => create({ environment: "live", prefix: wrong }, adyen, adyenFacts)).toThrow(
        "Adyen: `prefix` must match",
      );
    },
  );

  test("has the servers of single operations where the profile says, and what is below the base URL below its own", async () => {
    const stub = stubFetch(() => Response.json({}));
    const live = create({ fetch: stub.fetch, environment: "live", prefix }, adyen, adyenFacts);
    await live.GET("/me");
    await live.POST("/donations/1");
    expect(stub.requests.map(({ url }) => url)).toEqual([
      "https://management-live.adyen.com/v3/me",
      "https://1797a841fbb37ca7-adyendemo-checkout-live.adyenpayments.com/checkout/v71/extra/donations/1",
    ]);
  });

  test("is not created where nothing says where a server of the document is in it", () => {
    const facts = { operations: { "GET /files": { server: "https://files-test.adyen.com" } } };
    expect(() => create({ environment: "live", prefix }, adyen, facts)).toThrow(
      "Adyen: where https://files-test.adyen.com is in the environment `live` is unknown",
    );
  });
});

describe("two environments do not share", () => {
  test("their origins: toFetch sends to those of one alone", async () => {
    const stub = stubFetch(() => Response.json({}));
    const sandbox = toFetch(create({ auth: keys, fetch: stub.fetch, environment: "sandbox" }, plaid));
    await sandbox("https://sandbox.plaid.com/accounts/get", { method: "POST" });
    const error = await rejection(sandbox("https://production.plaid.com/accounts/get", { method: "POST" }));
    expect(String(error)).toContain("the address must be on the origin https://sandbox.plaid.com,");
    const live = toFetch(
      create({ fetch: stub.fetch, environment: "live", prefix: "1-A" }, adyen, adyenFacts) as ReturnType<typeof create>,
    );
    await live("https://management-live.adyen.com/v3/me");
    expect(String(await rejection(live("https://management-test.adyen.com/v3/me")))).toContain("must be on the origin");
    expect(stub.requests).toHaveLength(2);
  });

  test("R28: cached responses, also where one address replaces both", async () => {
    const stub = stubFetch((_, count) => Response.json({ count }));
    const cache = tieredCache();
    const read = async (environment: string) => {
      const client = create(
        { auth: keys, fetch: stub.fetch, environment, cache, baseUrl: "https://proxy.acme.test" },
        plaid,
      );
      const { data, response } = await client.GET("/things", { cache: { ttlMs: 60_000 } });
      return [data.count, response.cache];
    };
    expect([await read("production"), await read("sandbox"), await read("production"), await read("sandbox")]).toEqual([
      [1, "miss"],
      [2, "miss"],
      [1, "hit"],
      [2, "hit"],
    ]);
  });

  test("R28: a tenant in Redis, with one credential, one source or one name of an account", async () => {
    const nameIn = async (environment: string | undefined, auth: never) => {
      const { credentials } = internalsOf(create({ auth, environment }, { ...plaid, auth: noParts }));
      const account = "getAccount" in (auth as object) ? "a" : undefined;
      const tenant = await credentials.resolveTenant(new AbortController().signal, account);
      return tenantFingerprint(tenant, "key secret");
    };
    const credentials = [["key-1", "key-2"], { id: "one", get: () => "key-1" }, { getAccount: () => "key-1" }];
    for (const auth of credentials as never[]) {
      const [none, first, other] = [
        await nameIn(undefined, auth),
        await nameIn("production", auth),
        await nameIn("sandbox", auth),
      ];
      // Naming the default changes no key.
      expect(first).toBe(none);
      expect(other).not.toBe(none);
    }
  });
});

/** A scheme of one secret. */
const noParts = { kind: "bearer", env: "PLAID_SECRET", accounts: true } as const;

test("telemetry names the server of the environment", async () => {
  const servers: (string | undefined)[] = [];
  const observe = createObserver({
    onStart: ({ serverAddress }) => {
      servers.push(serverAddress);
      return undefined;
    },
  });
  for (const environment of ["us1", "eu"]) {
    const { fetch } = stubFetch(() => Response.json({}));
    await create({ fetch, environment, observe }, datadog).GET("/api/v1/validate");
  }
  expect(servers).toEqual(["api.datadoghq.com", "api.datadoghq.eu"]);
});

test("a client whose address is replaced sends links of its environment to the replacement", async () => {
  const pages = [{ things: [1], next: "https://sandbox.plaid.com/things?page=2" }, { things: [2] }];
  const stub = stubFetch((_, count) => Response.json(pages[count - 1]));
  const profile = { ...plaid, pagination: [{ kind: "next-url", items: ["things"], next: ["next"] }] } as const;
  const client = create(
    { auth: keys, fetch: stub.fetch, environment: "sandbox", baseUrl: "https://proxy.acme.test" },
    profile,
  );
  const all: unknown[] = [];
  for await (const thing of client.paginate("/things")) all.push(thing);
  expect(all).toEqual([1, 2]);
  expect(stub.requests[1]?.url).toBe("https://proxy.acme.test/things?page=2");
});
