import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createGithub } from "./index.js";

const minute = 60_000;
const path = { owner: "octocat", repo: "hello-world" };

interface Sent {
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
}

/** A client on a fake clock, and a record of its requests. */
function setUp(remaining = "4999") {
  const clock = fakeClock();
  const sent: Sent[] = [];
  const github = createGithub({
    auth: "ghp_1",
    clock,
    deadlineMs: Infinity,
    attemptTimeoutMs: Infinity,
    fetch: async (url, { method = "GET" } = {}) => {
      sent.push({ atMs: clock.monotonic(), method, path: new URL(String(url)).pathname });
      const headers = {
        "content-type": "application/json",
        "x-ratelimit-limit": "5000",
        "x-ratelimit-remaining": remaining,
        "x-ratelimit-reset": String(Math.ceil(clock.now() / 1_000) + 1_800),
      };
      return new Response("{}", { headers });
    },
  });
  return { clock, sent, github };
}

/** The greatest sum of costs in any window of this length. */
function busiest(sent: readonly Sent[], windowMs: number, cost: (one: Sent) => number): number {
  let most = 0;
  let sum = 0;
  let first = 0;
  for (const one of sent) {
    sum += cost(one);
    for (; (sent[first] as Sent).atMs <= one.atMs - windowMs; first += 1) sum -= cost(sent[first] as Sent);
    most = Math.max(most, sum);
  }
  return most;
}

const points = ({ method }: Sent) => (method === "GET" ? 1 : 5);
const created = ({ method }: Sent) => (method === "POST" ? 1 : 0);

describe("R24: GitHub's secondary limits are kept, however many calls are made", () => {
  test("calls use at most 900 points per minute, of which a read costs 1 and a write 5, and nearly all of them", async () => {
    const { clock, sent, github } = setUp();
    const params = { path: { ...path, issue_number: 1 } };
    const calls = Array.from({ length: 1_500 }, (_, index) =>
      index % 10 === 0
        ? github.PATCH("/repos/{owner}/{repo}/issues/{issue_number}", { params, body: { state: "closed" } })
        : github.GET("/repos/{owner}/{repo}/issues/{issue_number}", { params }),
    );
    await clock.advance(3 * minute);
    await Promise.all(calls);
    expect(sent).toHaveLength(1_500);
    expect(busiest(sent, minute, points)).toBeLessThanOrEqual(900);
    expect(busiest(sent, minute, points)).toBeGreaterThan(850);
  });

  test("calls create content at most 80 times per minute and 500 times per hour, while reads continue", async () => {
    const { clock, sent, github } = setUp();
    const calls = Array.from({ length: 700 }, () =>
      github.POST("/repos/{owner}/{repo}/issues", { params: { path }, body: { title: "It is broken" } }),
    );
    await clock.advance(30 * minute);
    await github.GET("/zen");
    await clock.advance(90 * minute);
    await Promise.all(calls);
    expect(busiest(sent, minute, created)).toBeLessThanOrEqual(80);
    expect(busiest(sent, 60 * minute, created)).toBeLessThanOrEqual(500);
    expect(busiest(sent, 60 * minute, created)).toBeGreaterThan(450);
  });

  test("the quota that a search reports delays the next search and no other call", async () => {
    const { clock, sent, github } = setUp("0");
    await github.GET("/search/issues", { params: { query: { q: "is:open" } } });
    const waiting = github.GET("/search/issues", { params: { query: { q: "is:closed" } } });
    await github.GET("/zen");
    expect(sent.map(({ path }) => path)).toEqual(["/search/issues", "/zen"]);
    await clock.advance(31 * minute);
    await waiting;
  });

  test("at most 50 of the 100 allowed requests are under way at once", async () => {
    let running = 0;
    let most = 0;
    const github = createGithub({
      auth: "ghp_1",
      rateLimit: { limits: [] },
      fetch: async () => {
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running -= 1;
        return new Response("{}", { headers: { "content-type": "application/json" } });
      },
    });
    await Promise.all(Array.from({ length: 200 }, () => github.GET("/zen")));
    expect(most).toBe(50);
  });
});

test("of 20 comments at once none is rejected, because the limit per hour allows a burst of 80", async () => {
  const { clock, sent, github } = setUp();
  const calls = Array.from({ length: 20 }, () =>
    github.safe.POST("/repos/{owner}/{repo}/issues/{issue_number}/comments", {
      params: { path: { ...path, issue_number: 1 } },
      body: { body: "Hello" },
      deadlineMs: minute,
    }),
  );
  await clock.advance(minute);
  expect((await Promise.all(calls)).flatMap(({ error }) => error?.name ?? [])).toEqual([]);
  expect(sent).toHaveLength(20);
});
