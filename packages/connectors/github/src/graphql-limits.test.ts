import { graphql } from "@connectry/core/graphql";
import { fakeClock } from "@connectry/testing";
import { describe, expect, test, vi } from "vitest";
import { createGithub, toFetch } from "./index.js";

const query = "query { viewer { login } }";

/** A client whose first response reports that the rate limit of GraphQL is over in 20 s, and a list of its requests. */
function setUp(errors: readonly object[]) {
  const clock = fakeClock();
  const atMs: number[] = [];
  const fetch = async () => {
    atMs.push(clock.monotonic());
    const isFirst = atMs.length === 1;
    const headers = {
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": isFirst ? "0" : "4999",
      "x-ratelimit-resource": "graphql",
      "x-ratelimit-reset": String(Math.ceil(clock.now() / 1_000) + 20),
    };
    return Response.json(isFirst ? { errors } : { data: { viewer: { login: "octocat" } } }, { headers });
  };
  return { github: createGithub({ auth: "ghp_1", clock, fetch, random: () => 0 }), clock, atMs };
}

test.each(["RATE_LIMITED", "RATE_LIMIT"])(
  "a 200 of GraphQL with the error %s is a rate limit: the query is sent again when it is over",
  async (type) => {
    const { github, clock, atMs } = setUp([{ type, message: "API rate limit already exceeded for user ID 1." }]);
    const result = graphql<{ viewer: { login: string } }>(github, { query });
    // What sends operations is loaded with the first of them.
    await expect.poll(() => atMs).toHaveLength(1);
    await clock.advance(19_000);
    expect(atMs).toHaveLength(1);
    await clock.advance(3_000);
    expect((await result).data.viewer.login).toBe("octocat");
    expect(atMs).toHaveLength(2);
  },
);

test("R5: a limit that lasts longer than the call may wait is a RateLimitError that says how long", async () => {
  const { github, clock } = setUp([{ type: "RATE_LIMITED", message: "API rate limit exceeded" }]);
  const failed = graphql(github, { query }, { maxRetryAfterMs: 1_000 }).catch((error: unknown) => error);
  await clock.advance(1);
  expect(await failed).toMatchObject({ name: "RateLimitError", status: 200, retryAfterMs: expect.closeTo(20_000, -4) });
});

test("a mutation with another error is not sent again", async () => {
  const { github, clock, atMs } = setUp([{ type: "FORBIDDEN", message: "no" }]);
  const failed = graphql(github, { query: "mutation { x }" }).catch((error: unknown) => error);
  await clock.advance(60_000);
  expect(await failed).toMatchObject({ name: "GraphqlError" });
  expect(atMs).toHaveLength(1);
});

test("by toFetch, the responses of other paths are still streams: this one begins, and never ends", async () => {
  const github = createGithub({ auth: "ghp_1", fetch: async () => new Response(new ReadableStream()) });
  const response = await toFetch(github)("https://api.github.com/repos/octocat/hello-world/tarball");
  expect(response.status).toBe(200);
  await response.body?.cancel();
});

// https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
describe("R23: a quota of 100 points in an hour", () => {
  const hourMs = 3_600_000;
  /** A provider that counts points in fixed hours: a query of so many costs them, and is rejected where they are not left. */
  async function setUpQuota(cost: number, selection: object) {
    const clock = fakeClock();
    const resetAtMs = clock.now() + hourMs;
    let left = 100;
    const responses: string[] = [];
    const fetch = async () => {
      await clock.sleep(100);
      // What is left of the hour before is lost.
      if (clock.now() >= resetAtMs && !responses.includes("after")) left = 100;
      const isRejected = left < cost;
      responses.push(clock.now() >= resetAtMs ? "after" : isRejected ? "RATE_LIMITED" : "200");
      if (!isRejected) left -= cost;
      const headers = {
        "x-ratelimit-limit": "100",
        "x-ratelimit-remaining": String(left),
        "x-ratelimit-resource": "graphql",
        "x-ratelimit-reset": String(Math.ceil((resetAtMs + (clock.now() >= resetAtMs ? hourMs : 0)) / 1_000)),
      };
      const errors = [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }];
      return Response.json(isRejected ? { errors } : { data: { viewer: { login: "octocat" }, ...selection } }, {
        headers,
      });
    };
    const limits = { deadlineMs: 2 * hourMs, maxRetryAfterMs: 2 * hourMs };
    return { github: createGithub({ auth: "ghp_1", clock, fetch, random: () => 0, ...limits }), clock, responses };
  }

  test("is not exceeded by queries that cost 30, once the first has said so: others wait for the next hour", async () => {
    const { github, clock, responses } = await setUpQuota(30, { rateLimit: { cost: 30 } });
    const text = "query { viewer { login } rateLimit { cost } }";
    const first = github.graphql.query(text);
    await vi.waitFor(async () => {
      await clock.advance(100);
      expect(responses).toHaveLength(1);
    });
    await first;
    const all = Promise.all(Array.from({ length: 5 }, () => github.graphql.query(text)));
    await clock.advance(hourMs / 2);
    // 3 of 30 points are all that 100 allow.
    expect(responses).toEqual(["200", "200", "200"]);
    await clock.advance(hourMs);
    await all;
    expect(responses).not.toContain("RATE_LIMITED");
  });

  test("is exceeded by queries that do not say what they cost: each is rejected, and sent again in the next hour", async () => {
    const { github, clock, responses } = await setUpQuota(30, {});
    const first = github.graphql.query(query);
    await vi.waitFor(async () => {
      await clock.advance(100);
      expect(responses).toHaveLength(1);
    });
    await first;
    const all = Promise.all(Array.from({ length: 5 }, () => github.graphql.query(query)));
    await clock.advance(hourMs / 2);
    expect(responses).toContain("RATE_LIMITED");
    await clock.advance(hourMs);
    await all;
  });
});
