import { describe, expect, test } from "vitest";
import { createCall, rejection } from "../../../test/call.js";
import { deferred } from "../../../test/deferred.js";
import { createInvalidations } from "./invalidations.js";
import { createSingleFlights, type SingleFlight } from "./single-flight.js";

function start() {
  const singleFlights = createSingleFlights<string>(createInvalidations());
  const begun: SingleFlight[] = [];
  const { opened, go } = deferred();
  const join = (parts: Parameters<typeof createCall>[0] = {}, key = "key") => {
    const { signal, deadline } = createCall(parts);
    return singleFlights.join({ key, tags: [], signal, deadline }, async (flight) => {
      begun.push(flight);
      await opened;
      return `work ${begun.length}`;
    });
  };
  return { join, begun, go };
}

const deadlineAt = (atMs: number) => ({ deadline: { atMs, allowedMs: 100 } });

describe("R26: work for all who want it", () => {
  test("is done once for a key, and once again for who comes after it", async () => {
    const { join, begun, go } = start();
    const all = [join(), join(), join({}, "other")];
    expect(begun).toHaveLength(2);
    go();
    expect(await Promise.all(all)).toEqual(["work 2", "work 2", "work 2"]);
    expect(await join()).toBe("work 3");
  });

  test.each([
    [100, 500, 500],
    [500, 100, 500],
  ])("of calls that end at %d and %d has until %d", (first, second, expected) => {
    const { join, begun } = start();
    const call = createCall(deadlineAt(first));
    void join(call as never);
    void join(deadlineAt(second));
    expect(begun.map(({ deadline }) => deadline)).toEqual([{ atMs: expected, allowedMs: 100 }]);
    // The caller's own stays as it is.
    expect(call.deadline.atMs).toBe(first);
  });

  test("is not begun for a call that was aborted before", async () => {
    const { join, begun } = start();
    expect(await rejection(join({ signal: AbortSignal.abort("enough") }))).toBe("enough");
    expect(begun).toEqual([]);
  });

  test("is not joined by who comes after it was aborted", async () => {
    const { join, begun, go } = start();
    const controller = new AbortController();
    const aborted = rejection(join({ signal: controller.signal }));
    controller.abort("enough");
    const other = join();
    expect(begun.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    go();
    expect([await aborted, await other]).toEqual(["enough", "work 2"]);
  });
});
