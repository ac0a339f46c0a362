import { after, fails, leftOut, other, type Peer, same, value } from "./peer-case.js";

const usual = [0, 50] as const;
const throttled = [0, 1_000] as const;
const tenSeconds = [10_000, 11_010] as const;
const epoch = String(Date.UTC(2026, 0, 1, 0, 0, 10) / 1_000);

export const ky: Peer = {
  name: "ky",
  tests: "https://github.com/sindresorhus/ky/blob/main/test/retry.ts",
  cases: [
    same("a network error is retried", { steps: ["reset", "reset", 200], want: value(3) }),
    same("500 is retried", { steps: [500, 200], want: value(2) }),
    same("only defined statuses are retried", { steps: [400, 200], want: fails("BadRequestError", 1) }),
    same("POST is not retried", {
      steps: [500, 200],
      method: "POST",
      profile: { idempotency: undefined } as never,
      want: fails("InternalServerError", 1),
    }),
    other(
      "different",
      ["Retry-After: 0 is retried at once", "with the usual backoff: what is asked by everybody at once fails again"],
      { steps: [after(429, "0"), 200], want: value(2, { waitMs: throttled }) },
    ),
    same("a number in Retry-After is a wait", {
      steps: [after(429, "10"), 200],
      want: value(2, { waitMs: tenSeconds }),
    }),
    same("0x10 is not a number of seconds", {
      steps: [after(429, "0x10"), 200],
      want: value(2, { waitMs: throttled }),
    }),
    same("an empty Retry-After is ignored", { steps: [after(503, ""), 200], want: value(2, { waitMs: usual }) }),
    same("Retry-After takes precedence over other headers", {
      steps: [{ status: 429, headers: { "retry-after": "10", "ratelimit-reset": "40" } }, 200],
      want: value(2, { waitMs: tenSeconds }),
    }),
    same("a date that HTTP does not have is ignored", {
      steps: [after(503, "2026-01-01T00:00:10Z"), 200],
      want: value(2, { waitMs: usual }),
    }),
    ...["Thursday, 01-Jan-26 00:00:10 GMT", "Thu Jan  1 00:00:10 2026"].map((date) =>
      same(`Retry-After: ${date}`, { steps: [after(503, date), 200], want: value(2, { waitMs: tenSeconds }) }),
    ),
    same("a date whose parts are wrong is ignored", {
      steps: [after(503, "Thu, 41 Jan 2026 00:00:10 GMT"), 200],
      want: value(2, { waitMs: usual }),
    }),
    same("413 with Retry-After is retried", { steps: [after(413, "10"), 200], want: value(2, { waitMs: tenSeconds }) }),
    same("413 with a date is retried", {
      steps: [after(413, "Thu, 01 Jan 2026 00:00:10 GMT"), 200],
      want: value(2, { waitMs: tenSeconds }),
    }),
    same("413 without Retry-After is not retried", { steps: [413, 200], want: fails("ApiError", 1) }),
    same("413 with an invalid Retry-After is not retried", {
      steps: [after(413, "soon"), 200],
      want: fails("ApiError", 1),
    }),
    same("a status is added to those that are retried", {
      steps: [404, 200],
      client: { retryRules: [{ when: { status: 404 }, verdict: "transient" }] },
      want: value(2),
    }),
    same("the number of attempts is followed", {
      steps: [500],
      client: { maxAttempts: 5 },
      want: fails("InternalServerError", 5),
    }),
    other(
      "different",
      [
        "a longer Retry-After than the longest is shortened",
        "the call fails, and says how long: to send earlier provokes the next 429",
      ],
      {
        steps: [after(429, "10"), 200],
        client: { maxRetryAfterMs: 2_000 },
        want: fails("RateLimitError", 1),
      },
    ),
    same("408 is retried", { steps: [408, 200], want: value(2) }),
    same("waits have an upper bound", {
      steps: [503, 200],
      client: { random: () => 1 },
      want: value(2, { waitMs: [50, 50] }),
    }),
    other("better", ["jitter is off by default", "on: callers that failed together do not return together"], {
      steps: [503, 200],
      client: { random: () => 0.5 },
      want: value(2, { waitMs: [25, 25] }),
    }),
    other(
      "different",
      ["no jitter where Retry-After is given", "a little: at least what was asked, and at most a tenth more"],
      {
        steps: [after(503, "10"), 200],
        client: { random: () => 1 },
        want: value(2, { waitMs: [11_000, 11_000] }),
      },
    ),
    other("better", ["a timeout is not retried by default", "a read may be sent again"], {
      steps: ["silence", 200],
      client: { attemptTimeoutMs: 40 },
      want: value(2),
    }),
    same("each attempt has its own timeout", {
      steps: ["silence", "silence", 200],
      client: { attemptTimeoutMs: 40 },
      want: value(3),
    }),
    same("a timeout for all attempts takes precedence over their number", {
      steps: ["silence"],
      client: { attemptTimeoutMs: 100, deadlineMs: 190, maxAttempts: 10, random: () => 0 },
      want: fails("TimeoutError", 2, { message: "deadlineMs" }),
    }),
    same("a Retry-After that ends after the timeout is not waited for", {
      steps: [after(503, "30")],
      client: { deadlineMs: 10_000 },
      want: fails("InternalServerError", 1),
    }),
    same("a timeout of 0 is an error", {
      steps: [200],
      client: { deadlineMs: 0 },
      want: fails("ConfigurationError", 0),
    }),
    same("a TypeError of the program is not retried", {
      steps: [{ throws: new TypeError("x is not a function") }],
      want: fails("CallError", 1),
    }),
    same("a network error has a class of its own", { steps: ["reset"], want: fails("NetworkError", 3) }),
    other(
      "better",
      [
        "a network error of a POST is not retried",
        "nothing is sent again without a key, and the error says that it may have been applied",
      ],
      {
        steps: ["reset"],
        method: "POST",
        profile: { idempotency: undefined } as never,
        want: fails("OutcomeUnknownError", 1),
      },
    ),
    same("a number of attempts of 0 is an error", {
      steps: [200],
      client: { maxAttempts: 0 },
      want: fails("ConfigurationError", 0, { message: "maxAttempts" }),
    }),
    leftOut(
      "a hook stops a retry, or changes its request",
      "a policy in `perAttempt` sees each attempt and can change a copy of the call",
    ),
    leftOut("a hook forces a retry of a success", "`retryRules` can call a 200 transient by a value of its body"),
    same("RateLimit-Reset is a wait in seconds", {
      steps: [{ status: 429, headers: { "ratelimit-reset": "10", "ratelimit-remaining": "0" } }, 200],
      want: value(2),
    }),
    same("X-RateLimit-Reset is a time", {
      steps: [{ status: 429, headers: { "x-ratelimit-reset": epoch, "x-ratelimit-remaining": "0" } }, 200],
      want: value(2),
    }),
  ],
};
