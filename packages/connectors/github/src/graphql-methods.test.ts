import type { GraphqlDocument, GraphqlQuery } from "@connectry/core/graphql";
import { fakeClock } from "@connectry/testing";
import { expect, expectTypeOf, test } from "vitest";
import { createGithub, profile, toFetch } from "./index.js";

interface Viewer {
  readonly viewer: { readonly login: string };
}

// As `connectry graphql` writes it.
const Viewer = { type: "query", name: "Viewer", text: "query Viewer{viewer{login}}" } as GraphqlQuery<
  Viewer,
  Readonly<Record<string, never>>
>;

/** A client, and what it sent. */
function setUp() {
  const clock = fakeClock();
  const sent: { readonly url: string; readonly atMs: number; readonly authorization: string | null }[] = [];
  const fetch = async (url: unknown, init: RequestInit = {}) => {
    const authorization = new Headers(init.headers).get("authorization");
    sent.push({ url: String(url), atMs: clock.monotonic(), authorization });
    return Response.json({ data: { viewer: { login: "octocat" } } });
  };
  return { github: createGithub({ auth: "ghp_1", clock, fetch: fetch as typeof globalThis.fetch }), clock, sent };
}

test("github.graphql sends operations to the endpoint of GraphQL, with the credential of the client", async () => {
  const { github, sent } = setUp();
  const { data } = await github.graphql.query(Viewer);
  expectTypeOf(data).toEqualTypeOf<Viewer>();
  expect(data.viewer.login).toBe("octocat");
  expect(sent).toEqual([{ url: "https://api.github.com/graphql", atMs: 0, authorization: "Bearer ghp_1" }]);
  // Functions that take a connector take it as before.
  expect(toFetch(github)).toBeTypeOf("function");
});

test("a document of another library has its types, too", async () => {
  const { github } = setUp();
  const document = new String(Viewer.text) as GraphqlDocument<Viewer, Record<never, never>>;
  expectTypeOf((await github.graphql.query(document)).data).toEqualTypeOf<Viewer>();
});

// "The rate limit for secondary limits is 2,000 points per minute": a query counts 1, a mutation 5:
// https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
test("R23: queries of GraphQL do not count as content that is created, of which 80 are accepted in a minute", async () => {
  const { github, clock, sent } = setUp();
  await github.graphql.query(Viewer);
  const all = Promise.all(Array.from({ length: 200 }, () => github.graphql.query(Viewer)));
  await clock.advance(30_000);
  await all;
  expect(sent).toHaveLength(201);
});

test("R23: mutations do: after a burst of 20, one in a second", async () => {
  const { github, clock, sent } = setUp();
  await import("@connectry/core/graphql");
  const all = Promise.all(Array.from({ length: 30 }, () => github.graphql.mutate("mutation { addStar { id } }")));
  await clock.advance(2_000);
  expect(sent.length).toBeLessThan(25);
  await clock.advance(30_000);
  await all;
  expect(sent).toHaveLength(30);
  expect(profile.graphql.bucket).toBe("graphql");
});
