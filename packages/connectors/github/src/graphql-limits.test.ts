import { graphql } from "@connectry/core/graphql";
import { fakeClock } from "@connectry/testing";
import { expect, test, vi } from "vitest";
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
    await vi.waitFor(() => expect(atMs).toHaveLength(1));
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
