import { describe, expect, test } from "vitest";
import { createCall, rejection } from "../../test/call.js";
import { gate } from "../../test/gate.js";
import type { Call } from "../pipeline/call.js";
import { createFlights } from "./flights.js";
import { createInvalidations } from "./invalidations.js";

function start() {
  const flights = createFlights<string>(createInvalidations());
  const begun: Call[] = [];
  const { opened, go } = gate();
  const join = (parts: Parameters<typeof createCall>[0] = {}, key = "key") =>
    flights.join(key, createCall(parts), [], async ({ call }) => {
      begun.push(call);
      await opened;
      return `work ${begun.length}`;
    });
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
