import assert from "node:assert/strict";
import { instantClock } from "../clock/instant-clock.js";
import type { ContractCheck } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";
import { apiErrorOf, failureOf } from "./failure-of.js";
import { patient } from "./patient.js";

/** What follows an answer: waits, more attempts, and which writes are sent again. */
export function retryChecks(context: ContractContext): ContractCheck[] {
  return [...generalChecks(context), ...verdictHeaderChecks(context)];
}

function generalChecks(context: ContractContext): ContractCheck[] {
  const { profile, read, isReadSafe, readStatus, call, start, writeOf } = context;
  return [
    {
      name: "a 429 is waited for as long as Retry-After asks, in seconds and as a date, and no less",
      run: async () => {
        await using stage = await start();
        for (const kind of ["seconds", "date"]) {
          const clock = instantClock();
          const retryAfter = kind === "seconds" ? "3" : new Date(clock.now() + 3_000).toUTCString();
          const headers = { "retry-after": retryAfter, date: new Date(clock.now()).toUTCString() };
          stage.server.faults.push({ kind: "answer", status: 429, headers });
          const { response } = await call(stage.connect({ clock }), read);
          assert.deepEqual(
            response.attempts.map(({ status }) => status),
            [429, readStatus],
          );
          const [waited = 0] = clock.waits;
          assert.ok(waited >= 3_000 && waited < 5_000, `Retry-After: ${retryAfter} was waited for ${waited} ms`);
        }
      },
    },
    {
      name: "a Retry-After beyond the cap fails at once, and the error says how long it is",
      run: async () => {
        await using stage = await start();
        const clock = instantClock();
        stage.server.faults.push({ kind: "answer", status: 429, headers: { "retry-after": "86400" } });
        const error = await apiErrorOf(call(stage.connect({ clock }), read), "a 429");
        assert.deepEqual([error.retryAfterMs, error.attempts.length, clock.waits.length], [86_400_000, 1, 0]);
      },
    },
    {
      name: "an outage is met with more attempts where that is safe, and no more than allowed",
      run: async () => {
        // Documents may hold nothing but writes that must not be done twice: that they are not is the next check's.
        if (!isReadSafe) return;
        await using stage = await start();
        stage.server.faults.push({ kind: "answer", status: 503, times: 2 });
        const { response } = await call(stage.connect({ clock: instantClock() }), read);
        assert.deepEqual(
          response.attempts.map(({ status }) => status),
          [503, 503, readStatus],
        );
        stage.server.faults.push({ kind: "answer", status: 503, times: 3 });
        const error = await apiErrorOf(call(stage.connect({ clock: instantClock() }), read), "a lasting 503");
        assert.equal(error.attempts.length, 3);
        assert.equal(stage.server.faults.length, 0);
      },
    },
    {
      name: "a write that may have been applied is sent again only where that does no harm",
      run: async () => {
        for (const safety of ["keyed", "idempotent", "unsafe"] as const) {
          const write = writeOf(safety);
          if (write === undefined) continue;
          await using stage = await start();
          const connect = () => stage.connect({ clock: instantClock() });
          if (safety !== "unsafe") {
            stage.server.faults.push(
              { kind: "answer", status: 503 },
              { kind: "reset", after: "request", applied: true },
            );
            const { response } = await call(connect(), write);
            assert.equal(response.attempts.length, 3, write.id);
            continue;
          }
          stage.server.faults.push({ kind: "answer", status: 500 }, { kind: "reset", after: "request", applied: true });
          const failed = await apiErrorOf(call(connect(), write), `${write.id}: a 500`);
          assert.deepEqual([failed.attempts.length, failed.outcome], [1, "unknown"]);
          const lost = await failureOf(call(connect(), write), `${write.id}: a lost answer`);
          assert.deepEqual([lost.name, lost.attempts.length], ["OutcomeUnknownError", 1]);
          assert.equal(stage.server.requests.length, 2);
        }
      },
    },
    {
      name: "a used-up quota is waited for as the provider's own headers and rules say",
      run: async () => {
        const clock = instantClock();
        await using stage = await start({ quota: { limit: 2, perMs: 5_000 }, clock });
        const connector = stage.connect({ clock, ...patient });
        for (let calls = 0; calls < 5; calls += 1) await call(connector, read);
        // Two calls in each window: the fifth is in the third. Whether the client is told by a refusal or before one is its own.
        const tookMs = clock.monotonic();
        assert.ok(tookMs >= 10_000, `${profile.name}: five calls, two of which are allowed in 5 s, took ${tookMs} ms`);
        const served = stage.server.requests.filter(({ status }) => status === readStatus);
        assert.equal(served.length, 5);
      },
    },
  ];
}

function verdictHeaderChecks({ profile, read, call, start }: ContractContext): ContractCheck[] {
  const header = profile.retry?.verdictHeader;
  if (header === undefined) return [];
  return [
    {
      name: `${header} settles what a status leaves open`,
      run: async () => {
        await using stage = await start();
        const connect = () => stage.connect({ clock: instantClock() });
        stage.server.faults.push({ kind: "answer", status: 503, headers: { [header]: "false" } });
        const refused = await apiErrorOf(call(connect(), read), `${header}: false`);
        assert.deepEqual(
          refused.attempts.map(({ verdict }) => verdict),
          ["failed"],
        );
        stage.server.faults.push({ kind: "answer", status: 400, headers: { [header]: "true" } });
        const { response } = await call(connect(), read);
        assert.deepEqual(
          response.attempts.map(({ verdict }) => verdict),
          ["transient", "success"],
        );
      },
    },
  ];
}
