import { instantClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { CallError, type Reply } from "../../src/index.js";
import { createAcme } from "../acme.js";
import { peers } from "../peers-cases/all-peers.js";
import { page } from "../peers-cases/page.js";
import type { PeerCase, Step } from "../peers-cases/peer-case.js";
import { stubFetch } from "../stub-fetch.js";

/** What a `fetch` does with a request. */
async function respond(step: Step, signal: AbortSignal | null | undefined): Promise<Response> {
  if (step === "reset")
    throw new TypeError("fetch failed", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });
  if (step === "silence")
    return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason), { once: true }));
  if (typeof step === "object" && "throws" in step) throw step.throws;
  const {
    status,
    headers = {},
    body = status < 300 ? '{"id":"w_1"}' : '{"error":{"message":"no"}}',
  } = typeof step === "number" ? { status: step } : step;
  return new Response(body, { status, headers: { "content-type": "application/json", ...headers } });
}

/** Runs a case with time that only passes by waiting, except where a timer has to fire. */
async function run({ steps, method = "GET", client, call, profile, abort }: NonNullable<PeerCase["run"]>) {
  const clock = steps.includes("silence") ? undefined : instantClock();
  const controller = new AbortController();
  if (abort === "before") controller.abort();
  const keys = new Set<string | null>();
  const bodies = new Set<unknown>();
  const { fetch, requests } = stubFetch();
  const sent: typeof fetch = async (input, init) => {
    await fetch(input, init);
    const { headers, body } = requests.at(-1) ?? {};
    keys.add(headers?.get("idempotency-key") ?? null);
    bodies.add(String(body));
    if (abort === "while waiting") queueMicrotask(() => setTimeout(() => controller.abort(), 20));
    return respond(steps[Math.min(requests.length, steps.length) - 1] as Step, init?.signal);
  };
  // Where the caller leaves while it waits, the wait has to last.
  const time = abort === "while waiting" || clock === undefined ? {} : { clock };
  const signal = abort ? { signal: controller.signal } : {};
  let error: unknown;
  let response: Reply | undefined;
  try {
    const acme = createAcme({ fetch: sent, random: () => 0.5, ...time, ...client }, profile);
    response = (await acme[method]("/things", { ...call, ...signal })).response;
  } catch (thrown) {
    error = thrown;
  }
  const attempts = CallError.isInstance(error) ? error.attempts : response?.attempts;
  return { requests: requests.length, result: error ? (error as Error).name : "value", error, attempts, keys, bodies };
}

describe.each(peers)("$name", ({ cases }) => {
  const runnable = cases.filter((one) => one.run !== undefined);
  test.each(runnable)("$title", async ({ run: program }) => {
    const { want, method = "GET" } = program as NonNullable<PeerCase["run"]>;
    const done = await run(program as NonNullable<PeerCase["run"]>);
    expect(done).toMatchObject({ requests: want.requests, result: want.result });
    if (want.message) expect((done.error as Error).message).toContain(want.message);
    if (want.attempts) expect(done.attempts).toHaveLength(want.attempts);
    if (want.waitMs) {
      const waitedMs = done.attempts?.[0]?.waitedMs ?? 0;
      expect(waitedMs).toBeGreaterThanOrEqual(want.waitMs[0]);
      expect(waitedMs).toBeLessThanOrEqual(want.waitMs[1]);
    }
    // Where the server names no wait, none is longer than 20 s.
    if (program?.steps.every((step) => typeof step === "number"))
      for (const { waitedMs = 0 } of done.attempts ?? []) expect(waitedMs).toBeLessThanOrEqual(20_000);
    // Whatever the case: all attempts are one request, under one key.
    if (want.requests > 0) expect([done.keys.size, done.bodies.size]).toEqual([1, 1]);
    if (program?.call?.idempotencyKey) expect([...done.keys]).toEqual([program.call.idempotencyKey]);
    if (method !== "POST") expect([...done.keys].filter(Boolean)).toEqual([]);
  });
});

test("what is not the same has a reason, and all that is not left out is run", () => {
  const all = peers.flatMap(({ cases }) => cases);
  expect(all.filter(({ verdict, reason }) => (verdict === "same") !== (reason === undefined))).toEqual([]);
  expect(all.filter(({ verdict, run: program }) => (verdict === "left out") !== (program === undefined))).toEqual([]);
});

test("the page of all cases is up to date: `vitest --update` writes it", async () => {
  await expect(page(peers)).toMatchFileSnapshot("../../../../benchmarks/PEERS-CASES.md");
});
