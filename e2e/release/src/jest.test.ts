import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, inject, test } from "vitest";
import { consumerEnvironment } from "../../../scripts/environments.ts";
import { publicPackages } from "../../../scripts/public-packages.ts";
import { createConsumer, entriesOf } from "./consumer.ts";

const run = promisify(execFile);
const { resolve } = createRequire(import.meta.url);
const root = inject("root");
const names = publicPackages(inject("workspace")).map(({ name }) => name);
const folder = join(inject("consumer"), "../jest");
let entries: readonly string[];
// MSW requires packages that consist of ES modules alone: test-runners.test.ts.
const notInJest = ["@connectry/testing/msw"];

const calls = `
const { createServer } = require("node:http");
const { createStripe, NotFoundError } = require("@connectry/stripe");
const { bulk } = require("@connectry/core/bulk");
const { openapiClient } = require("@connectry/core/openapi-fetch");

let server;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.writeHead(request.method === "GET" ? 404 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify({ id: "cus_1", contentType: request.headers["content-type"] }));
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});
const create = (options) =>
  createStripe({ auth: "sk_test_jest", baseUrl: "http://127.0.0.1:" + server.address().port, ...options });

test("a call by the default transport, and an upload", async () => {
  const stripe = create();
  expect((await stripe.POST("/v1/customers", { body: { email: "ada@example.com" } })).data.id).toBe("cus_1");
  const { data } = await stripe.POST("/v1/files", { body: { file: new Blob(["x"]), purpose: "dispute_evidence" } });
  expect(data.contentType).toMatch("multipart/form-data");
});

test("an error is an instance of its class", async () => {
  const { error } = await create().safe.GET("/v1/customers/{customer}", { params: { path: { customer: "cus_2" } } });
  expect(error).toBeInstanceOf(NotFoundError);
  expect(NotFoundError.isInstance(error)).toBe(true);
});

test("a call by a stubbed fetch", async () => {
  const fetch = jest.fn(async () => Response.json({ id: "cus_3" }));
  const stripe = create({ fetch });
  for await (const { value } of bulk([1], (_, init) => stripe.POST("/v1/customers", { ...init, body: {} })))
    expect(value.data.id).toBe("cus_3");
  expect(fetch).toHaveBeenCalledTimes(1);
});

test("a call by openapi-fetch", async () => {
  const { data } = await openapiClient(create()).POST("/v1/customers", { body: {} });
  expect(data.id).toBe("cus_1");
});
`;

const ofNode = `
const { createStripe } = require("@connectry/stripe");
const { tieredCache } = require("@connectry/core/cache");
const { undiciTransport } = require("@connectry/core/undici");
const { MockAgent } = require("undici");

test("a consent begins, and its code is exchanged", async () => {
  const { memoryTokens, oauthAccounts } = require("@connectry/core/oauth");
  const { hubspotOauth } = require("@connectry/hubspot/oauth");
  const tokens = { access_token: "access", refresh_token: "refresh", token_type: "bearer", expires_in: 1800 };
  const accounts = oauthAccounts({
    provider: hubspotOauth,
    client: { id: "client", secret: "secret" },
    store: memoryTokens(),
    fetch: async () => Response.json(tokens),
  });
  const { url, state } = await accounts.begin({ redirectUri: "https://app.test/callback", account: "acme" });
  const { searchParams } = new URL(url);
  expect(searchParams.get("code_challenge")).toMatch(/^[\\w-]{43}$/);
  const callback = "https://app.test/callback?code=c&state=" + searchParams.get("state");
  expect((await accounts.complete(callback, state)).account).toBe("acme");
});

test("a call by undici and a cache", async () => {
  const dispatcher = new MockAgent();
  dispatcher.disableNetConnect();
  const options = { path: "/v1/balance", method: "GET" };
  dispatcher.get("https://api.stripe.com").intercept(options).reply(200, { object: "balance" });
  const stripe = createStripe({ auth: "sk_test_jest", transport: undiciTransport({ dispatcher }), cache: tieredCache() });
  for (const cache of ["miss", "hit"]) {
    const { data, response } = await stripe.GET("/v1/balance", { cache: { ttlMs: 60_000 } });
    expect([data.object, response.cache]).toEqual(["balance", cache]);
  }
  await dispatcher.close();
});
`;

const typed = `
import { createStripe, NotFoundError } from "@connectry/stripe";
import { tieredCache } from "@connectry/core/cache";

// The types of Jest are not installed here.
declare const test: (title: string, run: () => Promise<void>) => void;
declare const expect: (value: unknown) => { toBe(expected: unknown): void };

test("a call is typed, as in an ES module", async () => {
  const fetch = async () => new Response('{"id":"cus_1","object":"customer"}');
  const stripe = createStripe({ auth: "sk_test_jest", fetch, cache: tieredCache() });
  const { data } = await stripe.POST("/v1/customers", { body: { email: "ada@example.com" } });
  const id: string = data.id;
  expect(id).toBe("cus_1");
  // @ts-expect-error There is no such path.
  const wrong = stripe.safe.GET("/v1/custommers");
  expect(NotFoundError.isInstance((await wrong).error)).toBe(false);
});
`;

const files = (entries: readonly string[]) => ({
  "entries.test.js": `
test.each(${JSON.stringify(entries)})("%s", (entry) => {
  expect(require.resolve(entry)).toMatch(/\\.cjs$/);
  expect(Object.keys(require(entry)).length).toBeGreaterThan(0);
});`,
  "calls.test.js": calls,
  "node.test.js": ofNode,
  "typed.test.ts": typed,
  "package.json": JSON.stringify({ name: "consumer", private: true }),
  // As \`tsc --init\` did for years, and with the resolution that ignores \`exports\`.
  "tsconfig.json": JSON.stringify({
    compilerOptions: { module: "commonjs", moduleResolution: "node10", target: "es2022", strict: true },
  }),
});

/** Runs Jest on Node 20, which cannot load ES modules in it, and returns how many tests passed. */
async function jest(config: object, pattern: string): Promise<number> {
  const report = join(folder, "report.json");
  const args = [
    ...[resolve("jest/bin/jest"), "--ci", "--rootDir", folder, "--cacheDirectory", join(folder, ".cache")],
    ...["--json", "--outputFile", report, "--config", JSON.stringify(config), "--testPathPatterns", pattern],
  ];
  await run(join(root, "node_modules/node20/bin/node"), args, {
    cwd: folder,
    env: consumerEnvironment(),
    timeout: 60_000,
  }).catch(({ stderr }) => {
    throw new Error(stderr);
  });
  const { numPassedTests, numTotalTests } = JSON.parse(await readFile(report, "utf8"));
  expect(numPassedTests).toBe(numTotalTests);
  return numPassedTests;
}

beforeAll(async () => {
  const peers = ["undici@7", "openapi-fetch@0.17", "bullmq", "ioredis"];
  await createConsumer(folder, inject("registry"), [...names, ...peers]);
  const all = (await Promise.all(names.map((name) => entriesOf(folder, name)))).flat();
  entries = all.filter((entry) => !notInJest.includes(entry));
  expect(all).toEqual(expect.arrayContaining(notInJest));
  for (const [file, text] of Object.entries(files(entries))) await writeFile(join(folder, file), text);
}, 240_000);

const timeout = 120_000;

test(
  "Jest with its defaults requires every entry of every package",
  async () => {
    expect(entries.length).toBeGreaterThan(20);
    expect(await jest({}, "entries")).toBe(entries.length);
  },
  timeout,
);

test(
  "Jest with its defaults runs calls",
  async () => {
    expect(await jest({}, "(calls|node)")).toBe(6);
  },
  timeout,
);

// It has no fetch API, which its users often add by jest-fixed-jsdom.
test(
  "in Jest's environment of jsdom every entry can be required",
  async () => {
    expect(await jest({ testEnvironment: resolve("jest-environment-jsdom") }, "entries")).toBe(entries.length);
  },
  timeout,
);

test(
  "in jest-fixed-jsdom calls run by the default transport, by a stubbed fetch and by openapi-fetch",
  async () => {
    expect(await jest({ testEnvironment: resolve("jest-fixed-jsdom") }, "calls")).toBe(4);
  },
  timeout,
);

test(
  "ts-jest type-checks and runs a test",
  async () => {
    const transform = { "\\.ts$": [resolve("ts-jest"), { tsconfig: join(folder, "tsconfig.json") }] };
    expect(await jest({ transform }, "typed")).toBe(1);
  },
  timeout,
);
