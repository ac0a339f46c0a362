import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { oursForTenants } from "../limiters/ours.ts";
import { figure } from "../report/format.ts";
import { atMost } from "../report/goal.ts";
import type { Bench, Row } from "../report/section.ts";

const mostBytes = 300;

/** Bytes of the heap after a garbage collection. */
function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/** What tenants take, after 10,000 others: those are kept in any case. */
async function rowOf(name: string, count: number, isPaused: boolean): Promise<Row> {
  const call = await oursForTenants(isPaused);
  for (let index = 0; index < 10_000; index += 1) call(`first ${index}`);
  const before = heldBytes();
  for (let index = 0; index < count; index += 1) call(`tenant ${index}`);
  const grown = heldBytes() - before;
  // So that the limiter is still in use when memory is measured.
  call("last");
  const each = grown / count;
  return {
    name,
    cells: [figure(grown / 1e6), figure(each)],
    goals: [
      atMost(mostBytes, {
        target: `bytes for each <= ${mostBytes}`,
        measured: figure(Math.max(0, each)),
        value: Math.max(0, each),
      }),
    ],
  };
}

/** What the limiter keeps for each tenant. */
export const tenantMemory: Bench = {
  name: "tenant-memory",
  async run() {
    return {
      title: "Memory of many tenants",
      how: "What the limiter of a client keeps after a call of each tenant, in process: the heap after a garbage collection, less that with 10,000 tenants. What is not needed any more is dropped, what was used longest ago first; a paused tenant is needed until its pause ends.",
      columns: ["MB more", "bytes for each"],
      rows: [await rowOf("100,000 credentials", 100_000, false), await rowOf("80,000 paused tenants", 80_000, true)],
    };
  },
};
