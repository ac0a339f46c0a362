import { after, fails, other, type Peer, same, value } from "./peer-case.js";

const stripeRules = {
  retry: {
    shouldRetryHeader: "stripe-should-retry",
    rules: [{ when: { status: 409 }, verdict: "transient", maybeApplied: true }],
  },
} as const;
const post = { method: "POST", profile: stripeRules } as const;
const says = (status: number, header: "true" | "false") => ({ status, headers: { "stripe-should-retry": header } });

export const stripeNode: Peer = {
  name: "stripe-node",
  tests: "https://github.com/stripe/stripe-node/blob/master/test/RequestSender.spec.ts",
  cases: [
    other(
      "better",
      [
        "a connection that fails is an error of connections",
        "of a write the error says that it may have been applied, and under which key to repeat it",
      ],
      {
        ...post,
        steps: ["reset"],
        want: fails("OutcomeUnknownError", 3),
      },
    ),
    other("better", ["a timeout is an error of connections", "as above"], {
      ...post,
      steps: ["silence"],
      client: { attemptTimeoutMs: 20 },
      want: fails("OutcomeUnknownError", 3),
    }),
    same("invalid JSON is an error", {
      steps: [{ status: 200, body: "invalidjson{}" }],
      profile: stripeRules,
      want: fails("ResponseParseError", 1),
    }),
    same("401 has a class", { ...post, steps: [401], want: fails("AuthenticationError", 1) }),
    same("403 has a class", { ...post, steps: [403], want: fails("PermissionDeniedError", 1) }),
    same("429 has a class", { ...post, steps: [says(429, "false")], want: fails("RateLimitError", 1) }),
    same("400 has a class, and is not retried", { ...post, steps: [400], want: fails("BadRequestError", 1) }),
    same("timeouts are retried", {
      ...post,
      steps: ["silence", "silence", 200],
      client: { attemptTimeoutMs: 20 },
      want: value(3),
    }),
    same("a closed connection is retried", { ...post, steps: ["reset", 200], want: value(2) }),
    same("retries end with a success", { ...post, steps: ["reset", 200, 503], want: value(2) }),
    same("503 is retried", { ...post, steps: [503, 200], want: value(2) }),
    same("500 is retried", { ...post, steps: [500, 200], want: value(2) }),
    same("409 is retried", { ...post, steps: [409, 200], want: value(2) }),
    same("stripe-should-retry: true is followed", { ...post, steps: [says(400, "true"), 200], want: value(2) }),
    same("stripe-should-retry: false is followed", {
      ...post,
      steps: [says(500, "false"), 200],
      want: fails("InternalServerError", 1),
    }),
    same("Retry-After is followed", {
      ...post,
      steps: [after(503, "10"), 200],
      want: value(2, { waitMs: [10_000, 11_010] }),
    }),
    other(
      "different",
      ["a Retry-After of more than a minute is ignored", "`maxRetryAfterMs`: the call fails at once and says how long"],
      {
        ...post,
        steps: [after(429, "61"), 200],
        want: fails("RateLimitError", 1),
      },
    ),
    same("all attempts of a POST have one generated idempotency key", {
      ...post,
      steps: ["reset", 503, 200],
      want: value(3),
    }),
    same("all attempts have the key of the caller", {
      ...post,
      steps: [503, 200],
      call: { idempotencyKey: "mine" },
      want: value(2),
    }),
    same("a read has no key", { steps: [503, 200], profile: stripeRules, want: value(2) }),
    same("the number of retries is set for one call", {
      ...post,
      steps: [503],
      call: { maxAttempts: 1 },
      want: fails("InternalServerError", 1),
    }),
  ],
};
