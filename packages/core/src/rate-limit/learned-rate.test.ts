import { type FakeClock, fakeClock, seededRandom } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { mostInWindow } from "../../test/windows.js";
import { LearnedRate } from "./learned-rate.js";

const secondMs = 1_000;

test("a rate falls to 0.7 of what was accepted, is there again after cbrt(0.3 × rate / 0.4) seconds, and is forgotten after a minute", () => {
  const learned = new LearnedRate(20, 5_000, 1_000);
  // RFC 9438, section 4.2: K is the time that the growth needs to the former maximum.
  const plateauMs = 1_000 * Math.cbrt((20 * 0.3) / 0.4);
  expect(learned.perSecond(5_000)).toBeCloseTo(14, 9);
  expect(learned.perSecond(5_000 + plateauMs)).toBeCloseTo(20, 9);
  expect(learned.perSecond(5_000 + plateauMs + 1_000)).toBeCloseTo(20.4, 9);
  expect(learned.perSecond(66_000)).toBe(Infinity);
});

/** A server that accepts 20 calls in any second, and takes 30 ms; `retryAfter` is the header of its rejections. */
function fixedRateServer(clock: FakeClock, retryAfter: string | undefined) {
  const accepted: number[] = [];
  let rejections = 0;
  const json = { "content-type": "application/json" };
  return {
    accepted,
    rejections: () => rejections,
    async fetch() {
      await clock.sleep(15);
      const nowMs = clock.now();
      const isAccepted = accepted.filter((atMs) => atMs > nowMs - secondMs).length < 20;
      if (isAccepted) accepted.push(nowMs);
      else rejections += 1;
      await clock.sleep(15);
      if (isAccepted) return new Response("{}", { headers: json });
      const headers = { ...json, ...(retryAfter && { "retry-after": retryAfter }) };
      return new Response("{}", { status: 429, headers });
    },
  };
}

describe.each([
  ["without Retry-After", undefined],
  ["with Retry-After", "1"],
])("R60: a server of 20 calls a second, %s", (_, retryAfter) => {
  test("none of 200 waiting reads is lost within a minute, and few are rejected after the first ones", async () => {
    const clock = fakeClock();
    const server = fixedRateServer(clock, retryAfter);
    const acme = createAcme({
      baseUrl: "https://acme.test",
      fetch: server.fetch,
      rateLimit: { limits: [] },
      clock,
      random: seededRandom(60),
    });
    const calls = Array.from({ length: 200 }, () => acme.safe.GET("/things"));
    await clock.advance(60_000);
    const errors = (await Promise.all(calls)).flatMap(({ error }) => error?.name ?? []);
    expect(errors).toEqual([]);
    expect(server.accepted).toHaveLength(200);
    // 30 of the first 50, which were sent when nothing was known.
    expect(server.rejections()).toBeLessThanOrEqual(60);
    expect(mostInWindow(server.accepted, secondMs)).toBeLessThanOrEqual(20);
  });
});
