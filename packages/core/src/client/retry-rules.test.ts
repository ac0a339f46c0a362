import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import type { ProviderProfile, RetryRule } from "../provider/profile.js";
import { toFetch } from "./fetch/to-fetch.js";

const clock = { now: () => 0, monotonic: () => 0, sleep: async () => {}, schedule: () => () => {} };

/** How many requests a read makes whose first response is this one, and the name of its error. */
async function readWith(rules: readonly RetryRule[], first: Response, profile: Partial<ProviderProfile> = {}) {
  const { fetch, requests } = stubFetch(() => (requests.length === 1 ? first.clone() : Response.json({})));
  const { error } = await createAcme({ fetch, clock, retryRules: rules }, profile).safe.GET("/things");
  return { count: requests.length, error: error?.name };
}

const locked = () => Response.json({ error: { code: "locked" } }, { status: 423 });

describe("rules of the user's", () => {
  test("apply where the profile has none", async () => {
    expect(await readWith([], locked())).toEqual({ count: 1, error: "ApiError" });
    const rule: RetryRule = { when: { status: 423 }, verdict: "transient" };
    expect(await readWith([rule], locked())).toEqual({ count: 2, error: undefined });
  });

  test("come before those of the profile, which still apply to what they leave", async () => {
    const profile: Partial<ProviderProfile> = {
      retry: { rules: [{ when: { status: [409, 423] }, verdict: "transient" }] },
    };
    const own: RetryRule = { when: { status: 423 }, verdict: "failed" };
    expect((await readWith([own], locked(), profile)).count).toBe(1);
    expect((await readWith([own], new Response(null, { status: 409 }), profile)).count).toBe(2);
  });

  test("can have conditions on bodies and a wait in the body, whatever the profile of the provider has", async () => {
    const rule: RetryRule = {
      when: { status: 200, body: { at: ["error", "code"], equals: "busy" } },
      verdict: "throttled",
      until: { body: ["wait"], unit: "seconds" },
    };
    const waits: number[] = [];
    const { fetch, requests } = stubFetch(() =>
      Response.json(requests.length === 1 ? { error: { code: "busy" }, wait: 3 } : {}),
    );
    const sleep = async (ms: number) => void waits.push(ms);
    await createAcme({ fetch, clock: { ...clock, sleep }, random: () => 0, rateLimit: false, retryRules: [rule] }).GET(
      "/things",
    );
    expect([requests.length, waits]).toEqual([2, [3_000]]);
  });

  test("apply to toFetch as well: a response with status 200 can be a failure", async () => {
    const rule: RetryRule = { when: { status: 200, body: { at: ["ok"], equals: false } }, verdict: "transient" };
    const { fetch, requests } = stubFetch(() => Response.json({ ok: requests.length > 1 }));
    const sent = toFetch(createAcme({ fetch, clock, retryRules: [rule] }), { maxAttempts: 2 });
    expect(await (await sent("/things")).json()).toEqual({ ok: true });
    expect(requests).toHaveLength(2);
  });

  test.each<[rules: unknown, message: RegExp]>([
    [{}, /^Acme: retryRules must be a list of rules such as/],
    ["409", /^Acme: retryRules must be a list of rules such as/],
    [[{ when: { status: 409 }, verdict: "retry" }], /verdicts are success, transient/],
    [[{ verdict: "transient" }], /^Acme: retryRules must be a list of rules such as/],
    [
      [{ when: { statuses: 409 }, verdict: "transient" }],
      /unknown option `retryRules\.when\.statuses`: did you mean `status`/,
    ],
    [[{ when: {}, verdict: "transient", wait: 5 }], /unknown option `retryRules\.wait`: did you mean `waitMs`/],
    [[{ when: {}, verdict: "transient", waitMs: -1 }], /retryRules\.waitMs must be a number of milliseconds/],
  ])("%j is refused before the first call", async (rules, message) => {
    const error = await rejection(
      Promise.resolve().then(() => createAcme({ retryRules: rules as readonly RetryRule[] })),
    );
    expect(error).toMatchObject({ name: "ConfigurationError" });
    expect(error.message).toMatch(message);
  });
});
