// The fake provider in the test runners that its users have, under the fake timers of each, and MSW where Jest can load it.
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { consumerEnvironment } from "../../../scripts/environments.ts";
import { createConsumer } from "./consumer.ts";

const run = promisify(execFile);
const { resolve } = createRequire(import.meta.url);
const root = inject("root");
const folder = join(inject("consumer"), "../runners");
const nodes = { 20: join(root, "node_modules/node20/bin/node"), 24: join(root, "node_modules/node/bin/node") };

const head = {
  modules: (names: string) => `
import { createStripe, facts, profile } from "@connectry/stripe";
import { ${names} } from "@connectry/testing";`,
  commonJs: (names: string) => `
const { createStripe, facts, profile } = require("@connectry/stripe");
const { ${names} } = require("@connectry/testing");`,
};

const options = `
const balance = {
  "application/json": { schema: { type: "object", properties: { object: { const: "balance" } }, required: ["object"] } },
};
const document = {
  openapi: "3.1.0",
  info: { title: "Stripe", version: "1" },
  paths: { "/v1/balance": { get: { responses: { 200: { description: "", content: balance } } } } },
};
const options = { document, profile, facts };`;

// As the README of core says; \`afterEach\` and \`test\` are those of the runner.
const jestTimers = `
const timers = {
  install: () => jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask", "setImmediate", "clearImmediate"] }),
  advance: (ms) => jest.advanceTimersByTimeAsync(ms),
  remove: () => jest.useRealTimers(),
};`;

const nodeTimers = `
import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { setImmediate } from "node:timers/promises";
const expect = (value) => ({ toBe: (want) => assert.equal(value, want), toEqual: (want) => assert.deepEqual(value, want) });
const timers = {
  install: () => mock.timers.enable({ apis: ["setTimeout", "Date"] }),
  advance: (ms) => (mock.timers.tick(ms), setImmediate()),
  remove: () => mock.timers.reset(),
};`;

const underFakeTimers = `${options}
afterEach(() => timers.remove());

test("a fake without a socket responds while no time passes, and a call waits as long as Retry-After asks", async () => {
  timers.install();
  const fake = fakeHandler(options);
  const stripe = createStripe({ auth: "sk_test_x", fetch: fake.fetch, deadlineMs: 120_000 });
  expect((await stripe.GET("/v1/balance")).data.object).toBe("balance");
  fake.faults.push({ kind: "response", status: 429, headers: { "retry-after": "30" } });
  let isSettled = false;
  const call = stripe.GET("/v1/balance").finally(() => {
    isSettled = true;
  });
  for (let step = 0; step < 290; step += 1) await timers.advance(100);
  expect([fake.requests.length, isSettled]).toEqual([2, false]);
  for (let step = 0; step < 100 && !isSettled; step += 1) await timers.advance(100);
  expect((await call).data.object).toBe("balance");
  expect(fake.requests.length).toBe(3);
});

test("a fake server is called by the default transport while no time passes", async () => {
  const server = await fakeProvider(options);
  timers.install();
  try {
    const stripe = createStripe({ auth: "sk_test_x", baseUrl: server.url });
    expect((await stripe.GET("/v1/balance")).data.object).toBe("balance");
  } finally {
    timers.remove();
    await server.close();
  }
});`;

const behindMsw = `${options}
test("a call by the default transport meets the handlers of the fake", async () => {
  const fake = mswFake(options);
  const server = setupServer(...fake.handlers);
  server.listen({ onUnhandledRequest: "error" });
  const stripe = createStripe({ auth: "sk_test_x" });
  expect((await stripe.GET("/v1/balance")).data.object).toBe("balance");
  server.close();
});`;

const fakes = "fakeHandler, fakeProvider";
const files = {
  "timers.modules.mjs": `import { jest } from "@jest/globals";${head.modules(fakes)}${jestTimers}${underFakeTimers}`,
  "timers.common.cjs": `${head.commonJs(fakes)}${jestTimers}${underFakeTimers}`,
  "timers.node.mjs": `${head.modules(fakes)}${nodeTimers}${underFakeTimers}`,
  "msw.modules.mjs": `${head.modules("fakeHandler")}
import { mswFake } from "@connectry/testing/msw";
import { setupServer } from "msw/node";${behindMsw}`,
  "msw.common.cjs": `${head.commonJs("fakeHandler")}
const { mswFake } = require("@connectry/testing/msw");
const { setupServer } = require("msw/node");${behindMsw}`,
};

beforeAll(async () => {
  const packages = ["@connectry/stripe", "@connectry/core", "@connectry/testing", "msw@2", "typescript@5.9.3"];
  await createConsumer(folder, inject("registry"), packages);
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
}, 240_000);

/** Runs one file in Jest, and returns how many tests passed. */
async function jest(
  file: keyof typeof files,
  { node, vmModules = false, config = {} }: { node: string; vmModules?: boolean; config?: object },
): Promise<number> {
  const report = join(folder, "report.json");
  const all = { testMatch: [`**/${file}`], transform: {}, ...config };
  const args = [resolve("jest/bin/jest"), "--ci", "--rootDir", folder, "--config", JSON.stringify(all)];
  const env = { ...consumerEnvironment(), ...(vmModules && { NODE_OPTIONS: "--experimental-vm-modules" }) };
  await run(node, [...args, "--json", "--outputFile", report], { cwd: folder, env, timeout: 60_000 }).catch(
    ({ stderr }) => {
      throw new Error(stderr);
    },
  );
  return JSON.parse(await readFile(report, "utf8")).numPassedTests;
}

describe.each(Object.entries(nodes))("on Node %s", (_, node) => {
  test("the fake runs in Jest as CommonJS, under its fake timers", async () => {
    expect(await jest("timers.common.cjs", { node })).toBe(2);
  });

  test("the fake runs in Jest as ES modules, under its fake timers", async () => {
    expect(await jest("timers.modules.mjs", { node, vmModules: true })).toBe(2);
  });

  test("the fake runs in node:test, under its mock timers", async () => {
    const args = ["--test", "--test-reporter=tap", "timers.node.mjs"];
    const { stdout } = await run(node, args, { cwd: folder, env: consumerEnvironment() });
    expect(stdout).toMatch(/^# pass 2$/m);
  });

  test("MSW runs in Jest as ES modules", async () => {
    expect(await jest("msw.modules.mjs", { node, vmModules: true })).toBe(1);
  });
});

describe("MSW in Jest as CommonJS, which requires packages that are ES modules alone,", () => {
  test("runs on Node 24 where Jest may load ES modules", async () => {
    expect(await jest("msw.common.cjs", { node: nodes[24], vmModules: true })).toBe(1);
  });

  test("is refused by Jest without, on each Node", async () => {
    for (const node of Object.values(nodes))
      await expect(jest("msw.common.cjs", { node })).rejects.toThrow("Must use import to load ES Module");
  });

  test("runs on Node 20 where these packages are transformed, as the README says", async () => {
    const readme = await readFile(join(root, "packages/testing/README.md"), "utf8");
    const [, text = ""] = /^```json\n(\{\n {2}"transform"[\s\S]*?)^```$/m.exec(readme) ?? [];
    const config = JSON.parse(text.replace('"ts-jest"', JSON.stringify(resolve("ts-jest"))));
    expect(await jest("msw.common.cjs", { node: nodes[20], config })).toBe(1);
  });
});
