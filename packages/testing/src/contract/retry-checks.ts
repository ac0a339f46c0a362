import assert from "node:assert/strict";
import { instantClock } from "../clock/instant-clock.js";
import { longTimeouts } from "../clock/long-timeouts.js";
import type { FakeCheck } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";
import { expectApiError, expectFailure } from "./expect-failure.js";

/** Checks what follows a failure: waiting, further attempts, and which writes are sent again. */
export function retryChecks(context: ContractContext): FakeCheck[] {
  return [...generalChecks(context), ...shouldRetryHeaderChecks(context)];
}

function generalChecks(context: ContractContext): FakeCheck[] {
  const { profile, read, isReadSafe, readStatus, call, start, writeOf } = context;
  return [
    {
      name: "retry waits at least as long as Retry-After asks, in seconds and as a date",
      confirmedBy: ["retry-after"],
      run: async () => {
        await using setup = await start();
        for (const kind of ["seconds", "date"]) {
          const clock = instantClock();
          const retryAfter = kind === "seconds" ? "3" : new Date(clock.now() + 3_000).toUTCString();
          const headers = { "retry-after": retryAfter, date: new Date(clock.now()).toUTCString() };
          setup.server.faults.push({ kind: "response", status: 429, headers });
          const { response } = await call(setup.connect({ clock }), read);
          assert.deepEqual(
            response.attempts.map(({ status }) => status),
            [429, readStatus],
          );
          const [waited = 0] = clock.waits;
          assert.ok(
            waited >= 3_000 && waited < 5_000,
            `retry must wait 3000 to 5000 ms for Retry-After: ${retryAfter}, got ${waited} ms`,
          );
        }
      },
    },
    {
      name: "a Retry-After beyond the limit fails at once, and the error has its length",
      run: async () => {
        await using setup = await start();
        const clock = instantClock();
        setup.server.faults.push({ kind: "response", status: 429, headers: { "retry-after": "86400" } });
        const error = await expectApiError(call(setup.connect({ clock }), read), "a call with a long Retry-After");
        assert.deepEqual([error.retryAfterMs, error.attempts.length, clock.waits.length], [86_400_000, 1, 0]);
      },
    },
    {
      name: "a 503 is retried where that is safe, at most as often as configured",
      confirmedBy: ["5xx"],
      run: async () => {
        // Documents may have only writes that must not be sent twice, which the next check covers.
        if (!isReadSafe) return;
        await using setup = await start();
        setup.server.faults.push({ kind: "response", status: 503, times: 2 });
        const { response } = await call(setup.connect({ clock: instantClock() }), read);
        assert.deepEqual(
          response.attempts.map(({ status }) => status),
          [503, 503, readStatus],
        );
        setup.server.faults.push({ kind: "response", status: 503, times: 3 });
        const error = await expectApiError(
          call(setup.connect({ clock: instantClock() }), read),
          "a call with nothing but 503 responses",
        );
        assert.equal(error.attempts.length, 3);
        assert.equal(setup.server.faults.length, 0);
      },
    },
    {
      name: "a write that may have been applied is only sent again where that is safe",
      run: async () => {
        for (const safety of ["idempotent-with-key", "idempotent", "unsafe"] as const) {
          const write = writeOf(safety);
          if (write === undefined) continue;
          await using setup = await start();
          const connect = () => setup.connect({ clock: instantClock() });
          if (safety !== "unsafe") {
            setup.server.faults.push(
              { kind: "response", status: 503 },
              { kind: "reset", after: "request", applied: true },
            );
            const { response } = await call(connect(), write);
            assert.equal(response.attempts.length, 3, write.id);
            continue;
          }
          setup.server.faults.push(
            { kind: "response", status: 500 },
            { kind: "reset", after: "request", applied: true },
          );
          const serverError = await expectApiError(call(connect(), write), `a call of ${write.id} with a 500 response`);
          assert.deepEqual([serverError.attempts.length, serverError.outcome], [1, "unknown"]);
          const lost = await expectFailure(call(connect(), write), `a call of ${write.id} whose response is lost`);
          assert.deepEqual([lost.name, lost.attempts.length], ["OutcomeUnknownError", 1]);
          assert.equal(setup.server.requests.length, 2);
        }
      },
    },
    {
      name: "a used-up quota is waited for as the headers and rules of the provider say",
      run: async () => {
        const clock = instantClock();
        await using setup = await start({ quota: { limit: 2, perMs: 5_000 }, clock });
        const connector = setup.connect({ clock, ...longTimeouts });
        for (let calls = 0; calls < 5; calls += 1) await call(connector, read);
        // Two calls in each window, so that the fifth is in the third. The connector may wait before or after a rejection.
        const tookMs = clock.monotonic();
        assert.ok(
          tookMs >= 10_000,
          `five calls with a quota of 2 in 5 s must take at least 10000 ms, got ${tookMs} ms (${profile.name})`,
        );
        const successful = setup.server.requests.filter(({ status }) => status === readStatus);
        assert.equal(successful.length, 5);
      },
    },
  ];
}

function shouldRetryHeaderChecks({ profile, read, call, start }: ContractContext): FakeCheck[] {
  const header = profile.retry?.shouldRetryHeader;
  if (header === undefined) return [];
  return [
    {
      name: `${header} overrides the verdict of the status`,
      run: async () => {
        await using setup = await start();
        const connect = () => setup.connect({ clock: instantClock() });
        setup.server.faults.push({ kind: "response", status: 503, headers: { [header]: "false" } });
        const failed = await expectApiError(call(connect(), read), `a call with ${header}: false`);
        assert.deepEqual(
          failed.attempts.map(({ verdict }) => verdict),
          ["failed"],
        );
        setup.server.faults.push({ kind: "response", status: 400, headers: { [header]: "true" } });
        const { response } = await call(connect(), read);
        assert.deepEqual(
          response.attempts.map(({ verdict }) => verdict),
          ["transient", "success"],
        );
      },
    },
  ];
}
