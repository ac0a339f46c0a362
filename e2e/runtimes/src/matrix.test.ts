import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildPrograms } from "./build-programs.ts";
import { type FakeProviders, startFakeProviders } from "./fake-providers.ts";
import type { Addresses, Outcome } from "./programs/check.ts";
import { checks } from "./programs/index.ts";
import { type Programs, runtimes } from "./runtime.ts";

let programs: Programs;
let providers: FakeProviders;
let addresses: Addresses;

beforeAll(async () => {
  [programs, providers] = await Promise.all([buildPrograms(), startFakeProviders()]);
  const { stripe, github, slack } = providers;
  addresses = { stripe: stripe.url, github: github.url, slack: slack.url };
}, 120_000);

afterAll(async () => {
  await Promise.all(Object.values(providers ?? {}).map((provider) => provider.close()));
  if (programs !== undefined) await rm(programs.folder, { recursive: true, force: true });
});

describe.each(runtimes)("$name", (runtime) => {
  let outcomes: Record<string, Outcome>;
  let customers: readonly (string | undefined)[];

  beforeAll(async () => {
    console.log(`${runtime.name}: ${(await runtime.version()).trim().split("\n")[0]}`);
    for (const { faults } of Object.values(checks)) {
      for (const [id, script] of Object.entries(faults?.(addresses) ?? {}))
        providers[id as keyof Addresses].faults.push(...script);
    }
    const before = providers.stripe.requests.length;
    outcomes = await runtime.run(programs, addresses);
    customers = providers.stripe.requests
      .slice(before)
      .filter(({ method, path }) => method === "POST" && path === "/v1/customers")
      .map(({ headers }) => headers["idempotency-key"]?.toString());
  }, 90_000);

  afterAll(() => {
    for (const provider of Object.values(providers)) provider.faults.length = 0;
  });

  test.each(Object.entries(checks))("%s", (name, { expected }) => {
    expect(outcomes[name]).toEqual({ value: expected });
  });

  test("every attempt of a write carries one idempotency key", () => {
    expect(customers).toHaveLength(3);
    expect(customers[0]).toBeTruthy();
    expect(new Set(customers).size).toBe(1);
  });
});
