import { after, fails, leftOut, other, type Peer, same, value } from "./peer-case.js";

const busy = [503, 200] as const;
const lost = ["reset", 200] as const;

export const axiosRetry: Peer = {
  name: "axios-retry",
  tests: "https://github.com/softonic/axios-retry/blob/main/spec/index.spec.ts",
  cases: [
    same("a success is returned", { steps: [200], want: value(1) }),
    same("a failure is followed by a success", { steps: lost, want: value(2, { attempts: 2 }) }),
    same("without retries the failure is thrown", {
      steps: lost,
      client: { maxAttempts: 1 },
      want: fails("NetworkError", 1),
    }),
    same("after the last attempt the failure is thrown", {
      steps: ["reset"],
      want: fails("NetworkError", 3, { attempts: 3 }),
    }),
    same("the number of retries is set for one call", {
      steps: [503],
      call: { maxAttempts: 2 },
      want: fails("InternalServerError", 2),
    }),
    same("the body is serialized once for all attempts", {
      steps: busy,
      method: "POST",
      call: { body: { amount: 1 } },
      want: value(2),
    }),
    same("a timeout holds for all attempts together", {
      steps: ["silence"],
      client: { attemptTimeoutMs: 10_000, deadlineMs: 60 },
      want: fails("TimeoutError", 1, { message: "deadlineMs" }),
    }),
    same("no retry that would end after the timeout of the call", {
      steps: [after(503, "30"), 200],
      client: { deadlineMs: 10_000 },
      want: fails("InternalServerError", 1),
    }),
    same("a timeout can hold for each attempt", {
      steps: ["silence", 200],
      client: { attemptTimeoutMs: 40 },
      want: value(2),
    }),
    same("an error that is not of a request is not retried", {
      steps: [{ throws: new Error("a mistake") }],
      want: fails("CallError", 1),
    }),
    other(
      "different",
      [
        "a function decides what is retried",
        "`retryRules` are data: a status, a header, a value of the body, so that they can be checked when a client is created",
      ],
      {
        steps: [404, 200],
        client: { retryRules: [{ when: { status: 404 }, verdict: "transient" }] },
        want: value(2),
      },
    ),
    other("different", ["a function decides that nothing is retried", "`retryRules`, as above"], {
      steps: busy,
      client: { retryRules: [{ when: { status: 503 }, verdict: "failed" }] },
      want: fails("InternalServerError", 1),
    }),
    leftOut(
      "the function that decides is asynchronous",
      "rules are data; a policy in `perCall` can await what it wants and send again",
    ),
    same("an abort while it waits ends the call", {
      steps: [after(503, "5")],
      abort: "while waiting",
      want: fails("AbortError", 1),
    }),
    same("an abort before the call sends nothing", { steps: [200], abort: "before", want: fails("AbortError", 0) }),
    same("a response with status 200 can be a failure", {
      steps: [{ status: 200, body: '{"ok":false}' }, 200],
      client: { retryRules: [{ when: { body: { at: ["ok"], equals: false } }, verdict: "transient" }] },
      want: value(2),
    }),
    other(
      "different",
      ["a function computes each wait", "a rule has a wait, and jitter is added: no program needs to compute it"],
      {
        steps: [503, 200],
        client: { retryRules: [{ when: { status: 503 }, verdict: "transient", waitMs: 700 }] },
        want: value(2, { waitMs: [700, 790] }),
      },
    ),
    leftOut("waits grow linearly", "exponential with full jitter spreads clients better, and there is one way"),
    other(
      "different",
      [
        "a hook sees each retry",
        "a reply and an error list their attempts; `observe` and `perAttempt` see them as they happen",
      ],
      {
        steps: [503, 503, 200],
        want: value(3, { attempts: 3 }),
      },
    ),
    leftOut("a hook is called after the last retry", "the error is thrown, and lists its attempts"),
    leftOut("a hook replaces the error after the last retry", "a program can catch it and throw its own"),
    same("a refused connection is retried", { steps: lost, want: value(2) }),
    other("better", ["a timeout is not retried by default", "a read may be sent again, whatever was lost"], {
      steps: ["silence", 200],
      client: { attemptTimeoutMs: 40 },
      want: value(2),
    }),
    same("an error response that is not a 5xx is not retried", { steps: [404, 200], want: fails("NotFoundError", 1) }),
    ...(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"] as const).flatMap((method) => [
      same(`${method} is retried after a 5xx`, { steps: busy, method, want: value(2) }),
      same(`${method} is retried after a lost connection`, { steps: lost, method, want: value(2) }),
    ]),
    same("PATCH is not retried after a 5xx", { steps: busy, method: "PATCH", want: fails("InternalServerError", 1) }),
    other(
      "better",
      ["PATCH is not retried after a lost connection", "the error also says that the write may have been applied"],
      {
        steps: lost,
        method: "PATCH",
        want: fails("OutcomeUnknownError", 1),
      },
    ),
    same("POST is not retried after a 5xx", {
      steps: busy,
      method: "POST",
      profile: { idempotency: undefined } as never,
      want: fails("InternalServerError", 1),
    }),
    other("better", ["POST is never retried", "where the provider deduplicates by a key, it is, under one key"], {
      steps: lost,
      method: "POST",
      want: value(2),
    }),
    other("different", ["waits grow exponentially from 100 ms", "from 0 to 50 ms, 100 ms, 200 ms ...: full jitter"], {
      steps: busy,
      want: value(2, { waitMs: [0, 50] }),
    }),
    same("Retry-After is a number of seconds", {
      steps: [after(503, "10"), 200],
      want: value(2, { waitMs: [10_000, 11_010] }),
    }),
    same("a negative Retry-After is ignored", { steps: [after(503, "-10"), 200], want: value(2, { waitMs: [0, 50] }) }),
    same("Retry-After is a date", {
      steps: [after(503, "Thu, 01 Jan 2026 00:00:10 GMT"), 200],
      want: value(2, { waitMs: [10_000, 11_010] }),
    }),
    same("a Retry-After in the past is ignored", {
      steps: [after(503, "Wed, 31 Dec 2025 23:59:59 GMT"), 200],
      want: value(2, { waitMs: [0, 50] }),
    }),
    same("an invalid Retry-After is ignored", {
      steps: [after(503, "a couple of minutes"), 200],
      want: value(2, { waitMs: [0, 50] }),
    }),
    leftOut("its interceptors can be removed", "policies are options of a client, and another client has others"),
  ],
};
