import { describe, expect, test } from "vitest";
import { createCall, rejection } from "../../../test/call.js";
import { deferred } from "../../../test/deferred.js";
import { createInvalidations } from "./invalidations.js";
import { createSingleFlights, type SingleFlight } from "./single-flight.js";

function setUp() {
  const singleFlights = createSingleFlights<string>(createInvalidations());
  const started: SingleFlight[] = [];
  const { opened, go } = deferred();
  const join = (parts: Parameters<typeof createCall>[0] = {}, key = "key") => {
    const { signal, deadline } = createCall(parts);
    return singleFlights.join({ key, tags: [], signal, deadline }, async (flight) => {
      started.push(flight);
      await opened;
      return `work ${started.length}`;
    });
  };
  return { join, started, go };
}

const deadlineAt = (atMs: number) => ({ deadline: { atMs, allowedMs: 100 } });

describe("R26: the work of a single flight", () => {
  test("is done once for all concurrent calls of a key, and again for later calls", async () => {
    const { join, started, go } = setUp();
    const all = [join(), join(), join({}, "other")];
    expect(started).toHaveLength(2);
    go();
    expect(await Promise.all(all)).toEqual(["work 2", "work 2", "work 2"]);
    expect(await join()).toBe("work 3");
  });

  test.each([
    [100, 500, 500],
    [500, 100, 500],
  ])("has the latest deadline of its calls: for %d and %d it is %d", (first, second, expected) => {
    const { join, started } = setUp();
    const call = createCall(deadlineAt(first));
    void join(call as never);
    void join(deadlineAt(second));
    expect(started.map(({ deadline }) => deadline)).toEqual([{ atMs: expected, allowedMs: 100 }]);
    // The deadline of the call itself does not change.
    expect(call.deadline.atMs).toBe(first);
  });

  test("is not started for a call that is already aborted", async () => {
    const { join, started } = setUp();
    expect(await rejection(join({ signal: AbortSignal.abort("enough") }))).toBe("enough");
    expect(started).toEqual([]);
  });

  test("is not joined by calls that start after its abort", async () => {
    const { join, started, go } = setUp();
    const controller = new AbortController();
    const aborted = rejection(join({ signal: controller.signal }));
    controller.abort("enough");
    const other = join();
    expect(started.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    go();
    expect([await aborted, await other]).toEqual(["enough", "work 2"]);
  });
});
