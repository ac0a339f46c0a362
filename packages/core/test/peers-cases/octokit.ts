import { after, fails, leftOut, other, type Peer, type Step, same, value } from "./peer-case.js";

// The rules of GitHub's profile: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
const github = {
  retry: {
    rules: [
      { when: { status: [403, 429], headers: { "retry-after": true } }, verdict: "throttled" },
      {
        when: { status: [403, 429], headers: { "x-ratelimit-remaining": "0" } },
        verdict: "throttled",
        until: { header: "x-ratelimit-reset", unit: "epoch-seconds" },
      },
      {
        when: { status: [403, 429], body: { at: ["message"], contains: "secondary rate limit" } },
        verdict: "throttled",
        waitMs: 60_000,
      },
    ],
  },
} as const;
const secondary = (status: number): Step => ({
  status,
  body: '{"message":"You have exceeded a secondary rate limit"}',
});
// Ten seconds after the beginning of the clock.
const usedUp = (status: number): Step => ({
  status,
  headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Date.UTC(2026, 0, 1, 0, 0, 10) / 1_000) },
});

export const octokitRetry: Peer = {
  name: "@octokit/plugin-retry",
  tests: "https://github.com/octokit/plugin-retry.js/blob/main/test/retry.test.ts",
  cases: [
    same("retries can be disabled", {
      steps: [503, 200],
      client: { maxAttempts: 1 },
      want: fails("InternalServerError", 1),
    }),
    same("one failure is retried", { steps: [500, 200], want: value(2) }),
    same("it fails after the last retry", { steps: [500], want: fails("InternalServerError", 3) }),
    same("a wait is at least what was asked", {
      steps: [after(503, "2"), 200],
      want: value(2, { waitMs: [2_000, 2_210] }),
    }),
    same("the number of retries is visible after a failure", {
      steps: [500],
      want: fails("InternalServerError", 3, { attempts: 3 }),
    }),
    same("a call asks for more retries", { steps: [500, 500, 500, 200], call: { maxAttempts: 4 }, want: value(4) }),
    ...[400, 401, 403, 404, 410, 422, 451].map((status) =>
      same(`${status} is not retried`, {
        steps: [status, 200],
        want: fails(
          {
            400: "BadRequestError",
            401: "AuthenticationError",
            403: "PermissionDeniedError",
            404: "NotFoundError",
            422: "UnprocessableEntityError",
          }[status] ?? "ApiError",
          1,
        ),
      }),
    ),
    other(
      "better",
      [
        "all other 4xx are retried",
        "what the client got wrong does not change by itself: 408, 425, 429, and 413 with Retry-After are retried",
      ],
      { steps: [418, 200], want: fails("ApiError", 1) },
    ),
    same("the list of statuses is replaced", {
      steps: [422, 200],
      client: { retryRules: [{ when: { status: 422 }, verdict: "transient" }] },
      want: value(2),
    }),
    other(
      "different",
      [
        "the error `Something went wrong` of GraphQL is retried",
        "a mutation may have been executed; `retryRules` of a client allow it for what it sends",
      ],
      {
        steps: [
          { status: 200, body: '{"errors":[{"message":"Something went wrong while executing your query"}]}' },
          200,
        ],
        client: {
          retryRules: [
            {
              when: { body: { at: ["errors", 0, "message"], contains: "Something went wrong" } },
              verdict: "transient",
            },
          ],
        },
        want: value(2),
      },
    ),
  ],
};

export const octokitThrottling: Peer = {
  name: "@octokit/plugin-throttling",
  tests: "https://github.com/octokit/plugin-throttling.js/blob/main/test/retry.test.ts",
  cases: [
    leftOut(
      "handlers of both limits are required",
      "a call waits within its deadline, and else fails with how long to wait: no program has to decide",
    ),
    ...[403, 429].flatMap((status) => [
      same(`a secondary limit with status ${status} and Retry-After is retried`, {
        steps: [after(status, "2"), 200],
        profile: github,
        want: value(2, { waitMs: [2_000, 2_210] }),
      }),
      same(`a used-up quota with status ${status} is retried at its reset`, {
        steps: [usedUp(status), 200],
        profile: github,
        want: value(2, { waitMs: [10_000, 11_010] }),
      }),
    ]),
    same("a secondary limit without a header waits for a minute", {
      steps: [secondary(403), 200],
      profile: github,
      client: { deadlineMs: 120_000 },
      want: value(2, { waitMs: [60_000, 61_000] }),
    }),
    same("a 403 that is not a limit is not retried", {
      steps: [403, 200],
      profile: github,
      want: fails("PermissionDeniedError", 1),
    }),
    same("a limit that lasts is an error in the end", {
      steps: [after(429, "1")],
      profile: github,
      want: fails("RateLimitError", 3),
    }),
    leftOut("requests are sent one after another", "`concurrency` and the documented number of requests at once"),
    leftOut(
      "a second between writes",
      "the documented number of writes in a minute and an hour: a test of the GitHub connector",
    ),
    leftOut("three seconds between requests that notify people", "not documented by GitHub any more"),
    leftOut("two seconds between searches", "the documented 30 in a minute, at once where none was sent before"),
  ],
};
