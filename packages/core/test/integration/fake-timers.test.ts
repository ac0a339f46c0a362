import { afterEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/platform/clock.js";
import { nodeTransport } from "../../src/transport/node/node-transport.js";
import { undiciTransport } from "../../src/undici/index.js";
import { createAcme } from "../acme.js";
import { type Fake, fakes, networkFakes } from "../fake-timers/fakes.js";
import { serve } from "../serve.js";
import { stubFetch } from "../stub-fetch.js";

// Kept from before any fake: what waits here must not wait for a fake.
const { setImmediate: nextTurn } = globalThis;

let installed: Fake | undefined;

function install(fake: Fake): void {
  installed = fake;
  fake.install();
}

/** Removes the fake clock that is installed, once: a second time could restore what another has replaced. */
function remove(): void {
  installed?.remove();
  installed = undefined;
}

afterEach(remove);

/** Moves time until a promise is settled; fails where it is not after so many steps of 50 ms. */
async function settle<T>(fake: Fake, promise: Promise<T>, steps = 2_000): Promise<T> {
  let isSettled = false;
  const end = () => {
    isSettled = true;
  };
  promise.then(end, end);
  for (let step = 0; step < steps && !isSettled; step += 1) {
    await fake.advance(50);
    await new Promise<void>((resolve) => nextTurn(resolve));
  }
  if (!isSettled) throw new Error(`not settled after ${steps} steps`);
  return promise;
}

// The second call waits 10.00001 ms: a timer of 10 ms leaves less than a millisecond.
const limits = [{ bucket: "default", limit: 100, perMs: 1_000, burst: 1 }];

const thatRunAll = Object.entries(fakes).filter(([, { runAll }]) => runAll);

describe.each(thatRunAll)("under the fake clock of %s", (_, fake) => {
  test("calls that a rate limit delays end when all timers are run", async () => {
    const { fetch, requests } = stubFetch();
    install(fake);
    const acme = createAcme({ fetch, rateLimit: { limits } });
    const calls = Promise.all([1, 2, 3].map(() => acme.GET("/things")));
    await fake.runAll?.();
    await calls;
    expect(requests).toHaveLength(3);
  });
});

describe.each(Object.entries(fakes))("under the fake clock of %s", (_, fake) => {
  test("calls in a row that a rate limit delays end when time moves", async () => {
    const { fetch, requests } = stubFetch();
    install(fake);
    const acme = createAcme({ fetch, rateLimit: { limits } });
    for (let call = 0; call < 5; call += 1) await settle(fake, acme.GET("/things"));
    expect(requests).toHaveLength(5);
  });

  test("calls at once end where the client was created and used before", async () => {
    const { fetch, requests } = stubFetch();
    const acme = createAcme({ fetch, rateLimit: { limits: [{ ...limits[0]!, limit: 1 }] } });
    await acme.GET("/things");
    install(fake);
    await settle(fake, Promise.all([1, 2, 3].map(() => acme.GET("/things"))));
    expect(requests).toHaveLength(4);
  });

  test("attempts follow one another after a wait of less than a millisecond, and after Retry-After", async () => {
    const { fetch, requests } = stubFetch((_, count) => {
      if (count === 1) return new Response("", { status: 503 });
      return count === 2 ? new Response("", { status: 429, headers: { "retry-after": "30" } }) : Response.json({});
    });
    const acme = createAcme({ fetch, random: () => 0.001 });
    install(fake);
    const { response } = await settle(fake, acme.GET("/things"));
    expect(response.attempts.map(({ waitedMs }) => waitedMs)).toEqual([1, 30_001, undefined]);
    expect(requests).toHaveLength(3);
  });

  test("a timer that is cancelled after the clock was removed leaves those of the next one", async () => {
    install(fake);
    const cancels = [1, 2, 3].map((ms) => systemClock.schedule(ms, () => {}));
    remove();
    for (const cancel of cancels) cancel();
    install(fake);
    await settle(fake, systemClock.sleep(10), 10);
  });

  test("a request that gets no response ends in a TimeoutError", async () => {
    const { fetch } = stubFetch(() => new Promise<Response>(() => {}));
    const acme = createAcme({ fetch, maxAttempts: 2, attemptTimeoutMs: 5_000 });
    install(fake);
    const ended = acme.GET("/things").catch((thrown: unknown) => thrown);
    expect(await settle(fake, ended)).toMatchObject({ name: "TimeoutError", limit: "attempt", limitMs: 5_000 });
  });

  test("calls of a client that was used under it go on after it is removed", async () => {
    const { fetch, requests } = stubFetch();
    // A call each 100 ms, of which two steps of the clock see the second.
    const acme = createAcme({ fetch, rateLimit: { limits: [{ ...limits[0]!, limit: 10 }] } });
    install(fake);
    await settle(fake, Promise.all([acme.GET("/things"), acme.GET("/things")]));
    // It waits for a timer that never fires; the call after it sets another.
    const waiting = acme.GET("/things");
    remove();
    await Promise.all([acme.GET("/things"), waiting]);
    expect(requests).toHaveLength(4);
  });
});

describe.each(Object.entries(networkFakes))("under the fake clock of %s, over a network", (_, fake) => {
  const transports = { "node:http": nodeTransport, undici: undiciTransport(), fetch: undefined };
  test.each(Object.entries(transports))("attempts by %s follow one another", async (_, transport) => {
    const server = await serve([{ kind: "response", status: 503 }]);
    const options = transport ? { transport } : { fetch: globalThis.fetch };
    const acme = createAcme({ baseUrl: server.url, ...options });
    install(fake);
    await settle(fake, acme.GET("/things"));
    remove();
    expect(server.requests).toHaveLength(2);
  });
});
