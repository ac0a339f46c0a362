import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { startAccountWorkers, type WorkersSetup } from "../../oauth/account-workers.js";
import { authorize } from "../../oauth/accounts.js";
import type { Step } from "../../oauth/accounts.worker.js";

const account = "a";
const steps: readonly Step[] = ["claimed", "read", "marked", "responded", "stored"];
const grace: WorkersSetup = { server: { graceMs: 60_000 }, facts: { graceS: 60 } };
const allOk = (outcomes: readonly string[]) => outcomes.filter((outcome) => outcome !== "ok");
const unfinished = "OauthError response-lost";
const final = "ReauthorizationRequiredError invalid_grant";

test("R58: 4 processes with tokens of 3 s: every call succeeds, and no refresh token is used twice", async () => {
  const { server, workers } = await startAccountWorkers(account, { server: { lifetimeMs: 3_000 } });
  const runs = await Promise.all(workers.map((worker) => worker.call("run", account, 9_000, 4)));
  expect(runs.map((run) => Object.keys(run))).toEqual(Array(4).fill(["ok"]));
  console.log(`calls of 4 processes: ${runs.map(({ ok }) => ok)}, refreshes: ${server.counts.refreshes}`);
  expect(server.counts.refreshes).toBeLessThanOrEqual(4);
  expect(server.counts.refreshes).toBeGreaterThanOrEqual(2);
  expect(server.counts).toMatchObject({ reuses: 0, revocations: 0 });
});

test("R58: processes whose clocks are 5 minutes apart refresh as seldom, and every call succeeds", async () => {
  const { server, workers } = await startAccountWorkers(account, {
    server: { lifetimeMs: 3_000 },
    skewOf: (index) => [0, 300_000, -300_000, 150_000][index] ?? 0,
  });
  const runs = await Promise.all(workers.map((worker) => worker.call("run", account, 9_000, 4)));
  expect(runs.map((run) => Object.keys(run))).toEqual(Array(4).fill(["ok"]));
  expect(server.counts.refreshes).toBeLessThanOrEqual(4);
  expect(server.counts).toMatchObject({ reuses: 0, revocations: 0 });
});

test("R58: 48 calls in 4 processes with a revoked access token cause one refresh", async () => {
  const { server, workers } = await startAccountWorkers(account);
  await Promise.all(workers.map((worker) => worker.call("call", account, 1)));
  server.expireAccess();
  const outcomes = (await Promise.all(workers.map((worker) => worker.call("call", account, 12)))).flat();
  expect(allOk(outcomes)).toEqual([]);
  expect(server.counts).toMatchObject({ refreshes: 1, reuses: 0 });
});

// Four leases of 1.5 s, and the longest pause until then.
const givenUpMs = 8_000;

/** One process is stopped or killed at a step of its refresh; the others call from then on. */
async function interrupt(step: Step, signal: "SIGSTOP" | "SIGKILL", setup: WorkersSetup & { stopMs?: number }) {
  const { server, workers } = await startAccountWorkers(account, setup);
  const [first, ...others] = workers;
  await Promise.all(workers.map((worker) => worker.call("call", account, 1)));
  server.expireAccess();
  await first!.call("arm", step, signal);
  const interrupted = first!.call("call", account, 4).catch((error: Error) => [error.message]);
  await sleep(300);
  const calls = others.map((worker) => worker.call("call", account, 4));
  if (signal === "SIGSTOP") {
    await sleep(setup.stopMs ?? 0);
    first!.signal("SIGCONT");
  }
  return { server, callers: others, own: await interrupted, others: (await Promise.all(calls)).flat() };
}

describe("R58: the process that has the lease is stopped for less than the lease lasts, without any grace", () => {
  test.each(steps)("%s: no call fails, and no refresh token is used twice", async (step) => {
    const { server, own, others } = await interrupt(step, "SIGSTOP", { requestTimeoutMs: 10_000, stopMs: 2_500 });
    expect(allOk([...own, ...others])).toEqual([]);
    expect(server.counts).toMatchObject({ refreshes: 1, reuses: 0, revocations: 0 });
  });
});

describe("R58: the process that has the lease is stopped for longer than the lease lasts", () => {
  // It has not sent the refresh token, and does not send it any more.
  test.each(["claimed", "read", "stored"] as const)("%s: no call fails, without any grace", async (step) => {
    const { server, own, others } = await interrupt(step, "SIGSTOP", { stopMs: 4_000 });
    expect(allOk([...own, ...others])).toEqual([]);
    expect(server.counts).toMatchObject({ refreshes: 1, reuses: 0, revocations: 0 });
  });

  // It may have sent the refresh token, and may hold the only copy of the next one.
  test.each(["marked", "responded"] as const)(
    "%s: the others fail in the meantime, without any grace, and the tokens are kept",
    async (step) => {
      const { server, callers, own, others } = await interrupt(step, "SIGSTOP", { stopMs: 4_000 });
      expect(new Set(others)).toEqual(new Set([unfinished]));
      expect(allOk(own)).toEqual([]);
      await sleep(1_500);
      const later = (await Promise.all(callers.map((worker) => worker.call("call", account, 4)))).flat();
      expect(allOk(later)).toEqual([]);
      expect(server.counts).toMatchObject({ refreshes: 1, reuses: 0, revocations: 0 });
    },
  );

  test.each(steps)("%s: no call fails, where the provider has a grace", async (step) => {
    const { server, own, others } = await interrupt(step, "SIGSTOP", { ...grace, stopMs: 4_000 });
    expect(allOk([...own, ...others])).toEqual([]);
    expect(server.counts).toMatchObject({ reuses: 0, revocations: 0 });
  });
});

describe("R58: the process that has the lease is killed", () => {
  test.each(["claimed", "read", "stored"] as const)(
    "%s: no call of the others fails, without any grace",
    async (step) => {
      const { server, others } = await interrupt(step, "SIGKILL", {});
      expect(allOk(others)).toEqual([]);
      expect(server.counts).toMatchObject({ refreshes: 1, reuses: 0, revocations: 0 });
    },
  );

  test.each(steps)("%s: no call of the others fails, where the provider has a grace", async (step) => {
    const { server, others } = await interrupt(step, "SIGKILL", grace);
    expect(allOk(others)).toEqual([]);
    expect(server.counts).toMatchObject({ reuses: 0, revocations: 0 });
  });

  test("marked: without a grace the others wait until it is given up, and then no call fails", async () => {
    const { server, callers, others } = await interrupt("marked", "SIGKILL", {});
    expect(new Set(others)).toEqual(new Set([unfinished]));
    await sleep(givenUpMs);
    const later = (await Promise.all(callers.map((worker) => worker.call("call", account, 4)))).flat();
    expect(allOk(later)).toEqual([]);
    expect(server.counts).toMatchObject({ refreshes: 1, reuses: 0, revocations: 0 });
  });

  test("responded: without a grace the tokens are gone, and all calls say what to do once it is given up", async () => {
    const { server, callers, others } = await interrupt("responded", "SIGKILL", {});
    expect(new Set(others)).toEqual(new Set([unfinished]));
    await sleep(givenUpMs);
    const later = (await Promise.all(callers.map((worker) => worker.call("call", account, 4)))).flat();
    expect(new Set(later)).toEqual(new Set([final]));
    expect(server.counts.reuses).toBe(1);
  });
});

describe("R58: the response to a refresh is lost", () => {
  test("no call fails where the provider has a grace, or does not rotate", async () => {
    for (const setup of [grace, { server: { rotates: false }, facts: { rotates: false } }] as const) {
      const { server, workers, loseResponses } = await startAccountWorkers(account, setup);
      server.expireAccess();
      loseResponses(1);
      const outcomes = (await Promise.all(workers.map((worker) => worker.call("call", account, 6)))).flat();
      expect(allOk(outcomes)).toEqual([]);
      expect(server.counts).toMatchObject({ reuses: 0, revocations: 0 });
    }
  });

  test("else the calls end in typed errors, until the owner has consented again", async () => {
    const { server, workers, oauth, loseResponses } = await startAccountWorkers(account);
    server.expireAccess();
    loseResponses(1);
    const outcomes = (await Promise.all(workers.map((worker) => worker.call("call", account, 6)))).flat();
    for (const outcome of outcomes)
      expect(outcome).toMatch(/^(OauthError response-lost|ReauthorizationRequiredError invalid_grant)$/);
    await sleep(1_500);
    const later = (await Promise.all(workers.map((worker) => worker.call("call", account, 6)))).flat();
    expect(new Set(later)).toEqual(new Set([final]));
    await authorize(oauth, server, account);
    const again = (await Promise.all(workers.map((worker) => worker.call("call", account, 6)))).flat();
    expect(allOk(again)).toEqual([]);
  });
});

test.each(["kill", "stop"] as const)(
  "R58: Redis is lost for 4 s (%s) while 4 processes refresh tokens of 3 s: calls fail while it is unavailable, and no refresh token is used twice",
  async (how) => {
    const { server, redis, workers } = await startAccountWorkers(account, { server: { lifetimeMs: 3_000 } });
    const running = Promise.all(workers.map((worker) => worker.call("run", account, 12_000, 2)));
    await sleep(3_500);
    await redis[how]();
    await sleep(4_000);
    await (how === "kill" ? redis.restart() : redis.resume());
    const runs = await running;
    for (const outcome of runs.flatMap((run) => Object.keys(run)))
      expect(outcome).toMatch(/^(ok|Error|RedisUnavailableError)/);
    expect(server.counts).toMatchObject({ reuses: 0, revocations: 0 });
    const outcomes = (await Promise.all(workers.map((worker) => worker.call("call", account, 3)))).flat();
    expect(allOk(outcomes)).toEqual([]);
  },
);
