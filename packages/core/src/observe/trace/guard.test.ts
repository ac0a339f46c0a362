import { instantClock } from "@connectry/testing";
import { afterEach, beforeEach, describe, expect, type Mock, test, vi } from "vitest";
import { createAcme } from "../../../test/acme.js";
import { rejection } from "../../../test/call.js";
import { recorder } from "../../../test/observed.js";
import { stubFetch } from "../../../test/stub-fetch.js";
import { harness, paid, secret } from "../../../test/webhooks/harness.js";
import type { ObserverHooks } from "../../client/observer.js";
import { signWebhook, stripe } from "../../webhooks/index.js";
import { createObserver } from "../index.js";

const fail = (): never => {
  throw new Error("observer");
};
const reject = async () => fail();

let warn: Mock;
beforeEach(() => {
  warn = vi.spyOn(console, "warn").mockImplementation(() => {}) as Mock;
});
afterEach(() => warn.mockRestore());

const failing: Readonly<Record<string, ObserverHooks>> = {
  "throws in every hook": { onClient: fail, onStart: fail, onCall: fail, onDelivery: fail },
  "rejects in every hook": {
    onClient: reject as never,
    onStart: reject as never,
    onCall: reject as never,
    onDelivery: reject as never,
  },
  "throws around the call": { onStart: () => ({ run: fail, onAttempt: fail, end: fail }), onDelivery: fail },
  "throws after it ran the call": {
    onStart: () => ({
      run(work) {
        work();
        return fail();
      },
      onAttempt: () => ({ run: fail, end: fail }),
    }),
    onDelivery: fail,
  },
  "runs nothing, and returns something else": {
    onStart: () => ({ run: () => 1 as never, onAttempt: () => ({ run: () => undefined as never }), end: fail }),
    onDelivery: fail,
  },
  "runs everything twice": {
    onStart: () => ({
      run(work) {
        work();
        return work();
      },
      onAttempt: () => ({
        run(work) {
          work();
          return work();
        },
      }),
      end: reject as never,
    }),
    onDelivery: fail,
  },
};

describe.each(Object.entries(failing))("R63: an observer that %s changes nothing", (_, hooks) => {
  test("of a call that succeeds or fails, and is sent as often as without it; others are notified", async () => {
    const { observer, calls } = recorder();
    const { fetch, requests } = stubFetch((__, count) => Response.json({ count }, { status: count === 2 ? 404 : 200 }));
    const client = createAcme({ fetch, clock: instantClock(), observe: [createObserver(hooks), observer] });
    expect((await client.GET("/things")).data).toEqual({ count: 1 });
    expect(await rejection(client.GET("/things"))).toMatchObject({ name: "NotFoundError" });
    expect(requests).toHaveLength(2);
    expect(calls.map(({ status }) => status)).toEqual([200, 404]);
  });

  test("of a webhook", async () => {
    const { observer, deliveries } = recorder();
    const { handler, processed } = harness(stripe, { observe: [createObserver(hooks), observer] });
    expect((await handler(await signWebhook(stripe, paid, { secret }))).status).toBe(204);
    expect([processed.length, deliveries.length]).toEqual([1, 1]);
  });

  test("and is printed once", async () => {
    const { fetch } = stubFetch();
    const client = createAcme({ fetch, clock: instantClock(), observe: createObserver({ ...hooks, onCall: fail }) });
    for (let count = 0; count < 3; count += 1) await client.GET("/things");
    await new Promise(setImmediate);
    expect(warn).toHaveBeenCalledTimes(1);
  });
});

test("an observer cannot change what others are notified of", async () => {
  const { observer, calls } = recorder();
  const vandal = createObserver({
    onCall(call) {
      Object.assign(call, { operation: "changed" });
    },
  });
  const { fetch } = stubFetch();
  await createAcme({ fetch, observe: [vandal, observer] }).GET("/things");
  expect(calls.map(({ operation }) => operation)).toEqual(["GET /things"]);
});
