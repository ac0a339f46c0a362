import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Slice } from "../callers/caller-process.ts";
import { bareEntry, callerOf, callingEntries } from "../callers/callers.ts";
import { cleanEnvironment } from "../installed/run.ts";
import { figure, times, withSpread } from "../report/format.ts";
import { median, pairedRatio, spread } from "../report/median.ts";
import type { Bench, Goal } from "../report/section.ts";
import { roundsOf, rowsOf } from "../subjects/rows.ts";
import { costsOf, planText, slices } from "./slices.ts";

const plan = { rounds: 15, warmUpCalls: 12_000, leadMs: 40, ms: 120, lanes: 50 };
const server = fileURLToPath(new URL("../callers/loopback-server.ts", import.meta.url));
const minOfBare = 0.9;
const minOfAxios = 2;
const ofBare = { target: `calls/s >= ${minOfBare}x bare fetch`, least: minOfBare };
const ofAxios = { target: `calls/s >= ${minOfAxios}x axios + axios-retry`, least: minOfAxios };

const ratesOf = (slices: readonly Slice[]) => slices.map(({ calls, ms }) => (calls * 1_000) / ms);

function goal(
  { target, least }: { readonly target: string; readonly least: number },
  mine: readonly Slice[],
  theirs: readonly Slice[] | undefined,
): Goal {
  if (theirs === undefined) return { target, measured: "not measured", met: false };
  const wall = pairedRatio(ratesOf(mine), ratesOf(theirs));
  const byCpu = pairedRatio(costsOf(theirs), costsOf(mine)).median;
  const measured = `${times(wall.median)} (${times(wall.min)}–${times(wall.max)}); by processor time ${times(byCpu)}`;
  return { target, measured, met: wall.median >= least };
}

/** How many calls a second a client makes over real sockets. */
export const loopback: Bench = {
  name: "loopback",
  async run() {
    const entries = callingEntries();
    const child = fork(server, { env: cleanEnvironment(), stdio: ["ignore", "ignore", "inherit", "ipc"] });
    try {
      const [port] = (await once(child, "message")) as [number];
      const present = entries.filter(({ absent }) => !absent);
      const measured = await slices(present, { kind: "loopback", baseUrl: `http://127.0.0.1:${port}` }, plan);
      const bare = roundsOf(measured.get(bareEntry));
      const axiosEntry = entries.find(({ subject }) => subject.name === "axios + axios-retry");
      const axios = roundsOf(axiosEntry && measured.get(axiosEntry));
      const share = (mine: readonly Slice[], theirs: readonly Slice[] | undefined) =>
        theirs === undefined ? "" : times(pairedRatio(ratesOf(mine), ratesOf(theirs)).median);
      return {
        title: "Calls per second on loopback",
        how: `The same read and the same response from one node:http server in another process, ${plan.lanes} calls at once; ${planText(plan)}. Ratios are medians of each round's own ratio. CPU is what the client's process spent on processors, all threads, which a busy machine changes least. The goals are those of our connectors with the option \`transport: undiciTransport()\`; where a client that is never idle used far less than one core, other processes had the processors, and calls/s say little.`,
        columns: ["calls/s", "of bare fetch", "of axios + axios-retry", "CPU us a call", "cores used", "note"],
        rows: rowsOf(entries, measured, {
          targets: [ofBare.target, ofAxios.target],
          targetRole: "ours by undici",
          content: (entry, calls) => ({
            cells: [
              withSpread(spread(ratesOf(calls))),
              share(calls, bare),
              share(calls, axios),
              withSpread(spread(costsOf(calls))),
              figure(median(calls.map(({ cpuMs, ms }) => cpuMs / ms))),
              callerOf(entry).note ?? "",
            ],
            goals: entry.role === "ours by undici" ? [goal(ofBare, calls, bare), goal(ofAxios, calls, axios)] : [],
          }),
        }),
      };
    } finally {
      child.kill();
    }
  },
};
