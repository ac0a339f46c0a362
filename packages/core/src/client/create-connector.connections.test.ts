import { fakeClock, seededRandom } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve } from "../../test/serve.js";
import { InternalServerError } from "../errors/api-errors.js";
import { OutcomeUnknownError } from "../errors/call-errors.js";

// Hundreds of calls each, which take their time on a busy machine.
describe("over real connections", () => {
  test("R1: calls to a provider that is down send few more requests than there are calls", async () => {
    const server = await serve(() => ({ kind: "response", status: 503 }));
    const acme = createAcme({ baseUrl: server.url, random: () => 0 });
    for (let i = 0; i < 10; i += 1) await Promise.all(Array.from({ length: 50 }, () => acme.safe.GET("/things")));
    // 500 calls, and the 35 retries that a full budget holds.
    expect(server.requests).toHaveLength(535);
  });

  test("R2: when 10 % of the attempts fail, 99 % of the calls succeed", async () => {
    const random = seededRandom(2);
    const server = await serve(() => (random() < 0.1 ? { kind: "response", status: 503 } : undefined));
    const acme = createAcme({ baseUrl: server.url, random: () => 0 });
    let succeeded = 0;
    for (let i = 0; i < 10; i += 1) {
      const results = await Promise.all(Array.from({ length: 50 }, () => acme.safe.GET("/things")));
      succeeded += results.filter(({ error }) => error === undefined).length;
    }
    expect(succeeded / 500).toBeGreaterThanOrEqual(0.99);
    expect(server.requests.length).toBeLessThanOrEqual(600);
  });

  test("R3: a provider that is down does not use up the retries of another", async () => {
    const down = await serve(() => ({ kind: "response", status: 503 }));
    const up = await serve([{ kind: "response", status: 503 }]);
    const [a, b] = [
      createAcme({ baseUrl: down.url, random: () => 0 }),
      createAcme({ baseUrl: up.url, random: () => 0 }),
    ];
    for (let i = 0; i < 4; i += 1) await Promise.all(Array.from({ length: 25 }, () => a.safe.GET("/things")));
    expect((await b.GET("/things")).response.attempts).toHaveLength(2);
  });

  test.each([
    [{ kind: "reset", after: "request" }, 1_000, OutcomeUnknownError],
    [{ kind: "reset", after: "half-body" }, 250, OutcomeUnknownError],
    [{ kind: "response", status: 500 }, 1_000, InternalServerError],
    [{ kind: "stall", after: "request" }, 100, OutcomeUnknownError],
  ] as const)(
    "R6: an unsafe write that ends in %j is sent exactly once, in all of %i calls",
    async (fault, calls, Class) => {
      const server = await serve([{ ...fault, times: Number.POSITIVE_INFINITY }]);
      const clock = fakeClock();
      const acme = createAcme({ baseUrl: server.url, attemptTimeoutMs: 1_000, concurrency: 100, clock });
      const ids = Array.from({ length: calls }, (_, id) => id);
      const failures = Promise.all(ids.map((id) => rejection(acme.PATCH("/things", { body: { id } }))));
      await expect.poll(() => server.requests.length).toBe(calls);
      // Ends the attempts whose response does not arrive.
      if (fault.kind === "stall") await clock.advance(1_000);
      const errors = await failures;
      expect(errors.filter((error) => !(error instanceof Class))).toEqual([]);
      const seen = server.requests.map(({ body }) => (body as { id: number }).id);
      expect(seen.length).toBe(calls);
      expect(new Set(seen).size).toBe(calls);
    },
  );

  test("R6: a write with an idempotency key carries the same key on each attempt", async () => {
    const server = await serve([
      { kind: "reset", after: "request", applied: true },
      { kind: "response", status: 500 },
    ]);
    await createAcme({ baseUrl: server.url, random: () => 0 }).POST("/things", { body: {} });
    const keys = server.requests.map(({ headers }) => headers["idempotency-key"]);
    expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
  });
});
