import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { circuitBreaker, QuotaExceededError } from "../../src/index.js";
import { createAcme } from "../acme.js";
import { stubFetch } from "../stub-fetch.js";

const others = 10_001;

/** A client with a credential for each call, and the requests that were sent. */
function setUp(statusOf: (credential: string) => number, options: Parameters<typeof createAcme>[0] = {}) {
  const clock = fakeClock();
  const sent: string[] = [];
  const { fetch } = stubFetch(({ headers }) => {
    const credential = headers.get("authorization")!.replace("Bearer ", "");
    sent.push(credential);
    return new Response("{}", { status: statusOf(credential), headers: { "retry-after": "50" } });
  });
  let credential = "";
  const acme = createAcme({ fetch, clock, maxAttempts: 1, auth: () => credential, ...options });
  const call = (as: string, deadlineMs = 60_000) => {
    credential = as;
    return acme.safe.GET("/things", { deadlineMs });
  };
  return { clock, sent, call };
}

test("R59: a tenant that is paused stays paused while 10,001 others come and go", async () => {
  const { sent, call } = setUp((credential) => (credential === "paused" ? 429 : 200));
  await call("paused");
  for (let count = 0; count < others; count += 1) await call(`other ${count}`);
  sent.length = 0;
  expect((await call("paused", 10_000)).error).toBeInstanceOf(QuotaExceededError);
  expect(sent).toEqual([]);
});

test("R59: the circuit of a tenant stays open while 10,001 others come and go", async () => {
  const breaker = circuitBreaker({ minAttempts: 2, openMs: 50_000 });
  const { sent, call } = setUp((credential) => (credential === "down" ? 500 : 200), { circuitBreaker: breaker });
  await call("down");
  await call("down");
  for (let count = 0; count < others; count += 1) await call(`other ${count}`);
  sent.length = 0;
  expect((await call("down")).error).toMatchObject({ name: "CircuitOpenError" });
  expect(sent).toEqual([]);
});
