import { setTimeout as sleep } from "node:timers/promises";
import type { CallPlan } from "../faults/fault.ts";
import type { Client } from "../subjects/subject.ts";

/** What the calls of a fault gave. */
export interface Called {
  /** What arrived, call by call. */
  readonly values: readonly unknown[];
  /** What was thrown, by the first call that threw. */
  readonly error?: unknown;
  readonly failures: number;
  /** The number of items of a list. */
  readonly items?: number;
}

async function settle(calls: readonly Promise<unknown>[]): Promise<Called> {
  const results = await Promise.allSettled(calls);
  const values = results.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const errors = results.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  return { values, failures: errors.length, ...(errors.length > 0 && { error: errors[0] }) };
}

async function inTurn(calls: readonly (() => Promise<unknown>)[], pauseMs: number): Promise<Called> {
  const values: unknown[] = [];
  try {
    for (const [index, call] of calls.entries()) {
      if (index > 0) await sleep(pauseMs);
      values.push(await call());
    }
    return { values, failures: 0 };
  } catch (error) {
    return { values, error, failures: 1 };
  }
}

async function items(client: Client, limit: number): Promise<Called> {
  const ids = new Set<unknown>();
  let count = 0;
  try {
    for await (const id of client.list?.() ?? []) {
      ids.add(id);
      count += 1;
      if (count >= limit) break;
    }
    return { values: [], failures: 0, items: count };
  } catch (error) {
    return { values: [], error, failures: 1, items: count };
  }
}

async function distinct(client: Client, count: number, lanes: number): Promise<Called> {
  let next = 0;
  const lane = async () => {
    let last: unknown;
    while (next < count) {
      next += 1;
      last = await client.read({ name: `w_${next}` });
    }
    return last;
  };
  return settle(Array.from({ length: lanes }, lane));
}

/** Makes the calls that a fault asks for: the one program of the scorecard. */
export async function makeCalls(client: Client, plan: CallPlan): Promise<Called> {
  const read = () => client.read({});
  const write = () => client.write({});
  const times = (count: number) => Array.from({ length: count });
  switch (plan.kind) {
    case "read":
      return inTurn([read], 0);
    case "write":
      return inTurn([write], 0);
    case "reads":
      return plan.atOnce
        ? settle(times(plan.count).map(read))
        : inTurn(
            times(plan.count).map(() => read),
            plan.pauseMs ?? 0,
          );
    case "quota":
      return inTurn(
        times(plan.count).map(() => read),
        0,
      );
    case "read-then-write":
      return inTurn([read, write], plan.pauseMs);
    case "list":
      return items(client, plan.limit);
    case "aborted": {
      const controller = new AbortController();
      const { signal } = controller;
      if (plan.afterMs === 0) controller.abort();
      else setTimeout(() => controller.abort(), plan.afterMs);
      return inTurn([() => (plan.isWrite ? client.write({ signal }) : client.read({ signal }))], 0);
    }
    case "unread-streams": {
      // Held, so that no garbage collection closes them.
      const streams = await Promise.all(times(plan.count).map(() => client.openStream?.()));
      const called = await inTurn([read], 0);
      return streams.length === plan.count ? called : { ...called, failures: 1 };
    }
    case "distinct-reads":
      return distinct(client, plan.count, plan.lanes);
    case "expired-token":
      return settle(times(plan.count).map(read));
    case "redis-lost":
      return inTurn(
        times(plan.count).map(() => read),
        25,
      );
  }
}
