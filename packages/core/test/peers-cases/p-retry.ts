import { fails, leftOut, other, type Peer, same, value } from "./peer-case.js";

const invalid = (maxAttempts: unknown) => ({
  steps: [200],
  client: { maxAttempts: maxAttempts as number },
  want: fails("ConfigurationError", 0, { message: "maxAttempts" }),
});

export const pRetry: Peer = {
  name: "p-retry",
  tests: "https://github.com/sindresorhus/p-retry/blob/main/test.js",
  cases: [
    same("a failure is retried until it succeeds", { steps: ["reset", "reset", 200], want: value(3) }),
    other(
      "different",
      [
        "retries without end",
        "as many as are set, within `deadlineMs` and the retry budget: a call that never ends is a leak",
      ],
      {
        steps: [...Array.from({ length: 9 }, () => 503), 200],
        client: { maxAttempts: 10 },
        want: value(10),
      },
    ),
    same("what is thrown and is not an error becomes one", {
      steps: [{ throws: "oops" }],
      want: fails("CallError", 1),
    }),
    same("a TypeError of the program is not retried", {
      steps: [{ throws: new TypeError("x is not a function") }],
      want: fails("CallError", 1),
    }),
    same("the TypeError of a failed fetch is retried", { steps: ["reset", 200], want: value(2) }),
    same("an abort keeps its reason", { steps: [503], abort: "before", want: fails("AbortError", 0) }),
    same("an abort while it waits is prompt", { steps: [503], abort: "while waiting", want: fails("AbortError", 1) }),
    other("different", ["a function decides what is retried", "`retryRules` are data"], {
      steps: [418, 200],
      client: { retryRules: [{ when: { status: 418 }, verdict: "transient" }] },
      want: value(2),
    }),
    leftOut("an error class of the program stops retries", "what a policy throws is not retried"),
    other(
      "different",
      [
        "a hook sees each failed attempt, its number, and how many are left",
        "the error lists its attempts, and `observe` sees them as they happen",
      ],
      {
        steps: [503],
        want: fails("InternalServerError", 3, { attempts: 3 }),
      },
    ),
    leftOut("the hook can delay the next attempt", "a policy in `perAttempt` can wait"),
    leftOut(
      "factor, shortest and longest wait are options",
      "one backoff, whose bounds are documented; a provider's waits are facts of its profile",
    ),
    same("waits have an upper bound", {
      steps: [...Array.from({ length: 11 }, () => 503), 200],
      client: { maxAttempts: 12, deadlineMs: 300_000 },
      want: value(12),
    }),
    same("waits are random", { steps: [503, 200], client: { random: () => 1 }, want: value(2, { waitMs: [50, 50] }) }),
    same("the time for all attempts is bounded", {
      steps: ["silence"],
      client: { attemptTimeoutMs: 100, deadlineMs: 190, maxAttempts: 10, random: () => 0 },
      want: fails("TimeoutError", 2, { message: "deadlineMs" }),
    }),
    same("a negative number of attempts is an error", invalid(-1)),
    same("a number of attempts that is NaN is an error", invalid(Number.NaN)),
    same("a number of attempts that is a text is an error", invalid("3")),
    same("an unknown option is an error", {
      steps: [200],
      client: { forever: true } as never,
      want: fails("ConfigurationError", 0, { message: "forever" }),
    }),
    same("no retries at all", { steps: [503, 200], client: { maxAttempts: 1 }, want: fails("InternalServerError", 1) }),
    leftOut(
      "timers do not keep the process alive",
      "a call that is under way keeps it, as its socket does; an abort ends both",
    ),
    leftOut("a function is wrapped into one that retries", "calls of a connector are what is retried"),
    leftOut("retries left are infinite", "they are not, as above"),
  ],
};
