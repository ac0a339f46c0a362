import { after, fails, leftOut, other, type Peer, same, value } from "./peer-case.js";

const should = { retry: { shouldRetryHeader: "x-should-retry" } };

export const openaiNode: Peer = {
  name: "openai-node",
  tests: "https://github.com/openai/openai-node/blob/master/tests/index.test.ts",
  cases: [
    same("a timeout is retried", { steps: ["silence", 200], client: { attemptTimeoutMs: 40 }, want: value(2) }),
    same("a 429 is retried after Retry-After, a fraction of a second", {
      steps: [after(429, "0.1"), 200],
      want: value(2, { waitMs: [100, 130] }),
    }),
    same("a 429 is retried after retry-after-ms", {
      steps: [after(429, "10", "retry-after-ms"), 200],
      want: value(2, { waitMs: [10, 25] }),
    }),
    leftOut(
      "a header tells the server the number of the attempt",
      "no provider of ours asks for it; a policy in `perAttempt` sets one from `call.attempt`",
    ),
    leftOut("that header can be replaced", "as above"),
    leftOut("that header can be left out", "as above"),
    same("a header of the server asks for a retry", {
      steps: [{ status: 404, headers: { "x-should-retry": "true" } }, 200],
      profile: should,
      want: value(2),
    }),
    same("a header of the server forbids a retry", {
      steps: [{ status: 503, headers: { "x-should-retry": "false" } }, 200],
      profile: should,
      want: fails("InternalServerError", 1),
    }),
    same("408 is retried", { steps: [408, 200], want: value(2) }),
    other(
      "different",
      [
        "409 is retried",
        "where a provider means a lock by it, its profile says so: elsewhere it is a state that does not pass",
      ],
      {
        steps: [409, 200],
        want: fails("ConflictError", 1),
      },
    ),
    same("the number of retries is set for one call", {
      steps: [503],
      call: { maxAttempts: 1 },
      want: fails("InternalServerError", 1),
    }),
    other(
      "better",
      [
        "the credential is a function, called for each attempt",
        "once for each call, and again after a 401, once for all calls that had that token",
      ],
      {
        steps: [503, 200],
        client: { auth: () => "sk_of_a_function" },
        want: value(2),
      },
    ),
    same("an abort rejects", { steps: [200], abort: "before", want: fails("AbortError", 0) }),
    other(
      "different",
      [
        "a Retry-After of more than a minute is ignored",
        "`maxRetryAfterMs`: the call fails at once and says how long, since to send earlier provokes the next 429",
      ],
      {
        steps: [after(429, "600"), 200],
        want: fails("RateLimitError", 1),
      },
    ),
  ],
};
