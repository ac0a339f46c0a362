import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { pointBucket, pointFacts } from "../../test/point-bucket.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { graphqlMethods } from "../graphql/graphql-methods.js";
import { GraphqlError } from "../graphql/index.js";

const longTimeouts = { deadlineMs: 600_000, maxRetryAfterMs: 600_000 };
const query = "query Shop { shop { name } }";
const loaded = async () => void (await import("../graphql/send-operation.js"));

/** A client of a bucket of 1,000 points that gets 50 in a second. */
async function setUp(costOf: Parameters<typeof pointBucket>[1], options: object = {}) {
  await loaded();
  const clock = fakeClock();
  const bucket = pointBucket(clock, costOf);
  const graphql = graphqlMethods(
    createAcme({ fetch: bucket.fetch, clock, random: () => 0, ...longTimeouts, ...options }, pointFacts),
  );
  return { clock, bucket, graphql };
}

describe("R23: a bucket of 1,000 points that gets 50 in a second", () => {
  test("shows no THROTTLED to 20 callers once the first response is there, and is used up", async () => {
    const { clock, bucket, graphql } = await setUp(() => ({ requested: 52, actual: 26 }));
    let done = 0;
    const caller = async () => {
      for (let count = 0; count < 10; count += 1) {
        await graphql.query(query);
        done += 1;
      }
    };
    const all = Promise.all(Array.from({ length: 20 }, caller));
    // 200 operations take 5,200 points: the bucket has them after (5,200 - 1,000) / 50 = 84 s.
    await clock.advance(84_000 * 1.15);
    await all;
    expect(done).toBe(200);
    expect(bucket.responses.filter((response) => response === "THROTTLED")).toEqual([]);
    // A cost that is not known yet reserves the whole bucket.
    expect(bucket.beforeFirst).toBe(1);
    expect(bucket.taken).toBe(5_200);
  });

  test("learns the cost of each document, and of each size of its lists", async () => {
    const list = "query List($first: Int!) { products(first: $first) { nodes { id } } }";
    const { clock, bucket, graphql } = await setUp((text) =>
      text === list ? { requested: 900, actual: 900 } : { requested: 1, actual: 1 },
    );
    const first = graphql.query(query);
    await clock.advance(1_000);
    await first;
    const many = Promise.all(Array.from({ length: 30 }, () => graphql.query(query)));
    await clock.advance(500);
    await many;
    const large = graphql.query(list, { first: 250 });
    const again = graphql.query(list, { first: 250 });
    await clock.advance(500);
    await large;
    // After 900 of 1,000 points, the second waits for (900 - 100) / 50 = 16 s at least.
    await clock.advance(14_000);
    expect(bucket.responses).toHaveLength(32);
    await clock.advance(6_000);
    await again;
    expect(new Set(bucket.responses)).toEqual(new Set(["200"]));
  });

  test("is that of the response, where it is another than the profile says", async () => {
    await loaded();
    const clock = fakeClock();
    const bucket = pointBucket(clock, () => ({ requested: 100, actual: 100 }), { size: 20_000, perSecond: 1_000 });
    const graphql = graphqlMethods(createAcme({ fetch: bucket.fetch, clock, ...longTimeouts }, pointFacts));
    const first = graphql.query(query);
    await clock.advance(1_000);
    await first;
    const all = Promise.all(Array.from({ length: 150 }, () => graphql.query(query)));
    await clock.advance(1_000);
    await all;
    expect(bucket.responses).toHaveLength(151);
  });

  test("does not count where the client has no rate limits", async () => {
    const { clock, bucket, graphql } = await setUp(() => ({ requested: 400, actual: 400 }), { rateLimit: false });
    const all = Promise.all(Array.from({ length: 5 }, () => graphql.safe.query(query, {}, { maxAttempts: 1 })));
    await clock.advance(1_000);
    await all;
    expect(bucket.responses).toEqual(["200", "200", "THROTTLED", "THROTTLED", "THROTTLED"]);
  });
});

describe("R5: THROTTLED inside of a 200", () => {
  const throttled = (requested: number, available: number) => ({
    errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }],
    extensions: {
      cost: {
        requestedQueryCost: requested,
        actualQueryCost: null,
        throttleStatus: { maximumAvailable: 1_000, currentlyAvailable: available, restoreRate: 50 },
      },
    },
  });

  test.each(["query", "mutate"] as const)(
    "is not applied, so a %s is sent again after (requested - available) / restoreRate, and not before",
    async (method) => {
      await loaded();
      const clock = fakeClock();
      const { fetch, requests } = stubFetch((_, count) =>
        Response.json(count === 1 ? throttled(502, 2) : { data: { shop: {} } }),
      );
      const graphql = graphqlMethods(
        createAcme({ fetch, clock, random: () => 0 }, { ...pointFacts, idempotency: undefined as never }),
      );
      const result = method === "query" ? graphql.query(query) : graphql.mutate("mutation { update { id } }");
      await clock.advance(9_900);
      expect(requests).toHaveLength(1);
      await clock.advance(5_000);
      await result;
      expect(requests).toHaveLength(2);
    },
  );

  // https://shopify.dev/docs/api/admin-graphql#status_and_error_codes
  test("MAX_COST_EXCEEDED is not sent again, and its extensions are handed to the caller", async () => {
    const body = {
      errors: [
        { message: "Query cost is 2003", extensions: { code: "MAX_COST_EXCEEDED", cost: 2_003, maxCost: 1_000 } },
      ],
      extensions: { cost: { requestedQueryCost: 2_003, actualQueryCost: null } },
    };
    const { fetch, requests } = stubFetch(() => Response.json(body));
    const error = await rejection<GraphqlError>(graphqlMethods(createAcme({ fetch }, pointFacts)).query(query));
    expect(error).toBeInstanceOf(GraphqlError);
    expect(error.errors[0]?.extensions).toMatchObject({ code: "MAX_COST_EXCEEDED" });
    expect(error.extensions).toEqual(body.extensions);
    expect(requests).toHaveLength(1);
  });

  test.each([
    ["no numbers", { errors: throttled(1, 0).errors }],
    [
      "no rate",
      {
        ...throttled(1, 0),
        extensions: { cost: { requestedQueryCost: 5, throttleStatus: { currentlyAvailable: 1, restoreRate: 0 } } },
      },
    ],
  ])("with %s is sent again like any rate limit that does not say how long", async (_, body) => {
    await loaded();
    const clock = fakeClock();
    const { fetch, requests } = stubFetch((_request, count) =>
      Response.json(count === 1 ? body : { data: { shop: {} } }),
    );
    const result = graphqlMethods(createAcme({ fetch, clock, random: () => 0 }, pointFacts)).query(query);
    await clock.advance(30_000);
    await result;
    expect(requests).toHaveLength(2);
  });
});
