import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Slice } from "../callers/caller-process.ts";
import { bareEntry, callerOf, callingEntries } from "../callers/callers.ts";
import { cleanEnvironment } from "../installed/run.ts";
import { figure, times, withSpread } from "../report/format.ts";
import { atLeast, atMost } from "../report/goal.ts";
import { median, pairedRatio, spread } from "../report/median.ts";
import type { Bench, Goal } from "../report/section.ts";
import type { Entry } from "../subjects/roll.ts";
import { roundsOf, rowsOf } from "../subjects/rows.ts";
import { costsOf, planText, slices } from "./slices.ts";

const plan = { rounds: 15, warmUpCalls: 12_000, leadMs: 40, ms: 120, lanes: 50 };
const server = fileURLToPath(new URL("../callers/loopback-server.ts", import.meta.url));
const ofStripe: Comparison = { peer: "stripe", target: "calls/s >= 1x stripe", least: 1 };
const lessThanStripe: Comparison = { peer: "stripe", target: "CPU <= 1x stripe", most: 1 };
const ofUndici: Comparison = { peer: "undici request", target: "CPU <= 1.4x undici request", most: 1.4 };
const ofBare: Comparison = { peer: "bare fetch", target: "calls/s >= 0.9x bare fetch", least: 0.9 };
const ofAxios: Comparison = { peer: "axios + axios-retry", target: "calls/s >= 2x axios + axios-retry", least: 2 };

/** A goal that compares a client with a peer: how many calls it makes at least, or what one costs at most. */
interface Comparison {
  readonly peer: string;
  readonly target: string;
  readonly least?: number;
  readonly most?: number;
}

/** The goals of a client: of ours as installed, and with the transport on undici. */
function comparisonsOf({ role, group }: Entry): readonly Comparison[] {
  if (role === "ours by undici") return [ofBare, ofAxios, ofUndici];
  return role === "ours" && group === "stripe" ? [ofStripe, lessThanStripe] : [];
}

const ratesOf = (slices: readonly Slice[]) => slices.map(({ calls, ms }) => (calls * 1_000) / ms);

function goal(
  { target, least, most = 0 }: Comparison,
  mine: readonly Slice[],
  theirs: readonly Slice[] | undefined,
): Goal {
  if (theirs === undefined) return { target, measured: "not measured", met: false };
  const rate = pairedRatio(ratesOf(mine), ratesOf(theirs));
  const cost = pairedRatio(costsOf(mine), costsOf(theirs));
  const [{ median, min, max }, other] = least === undefined ? [cost, rate] : [rate, cost];
  const also = `${least === undefined ? "calls/s" : "CPU"} ${times(other.median)}`;
  const measured = `${times(median)} (${times(min)}–${times(max)}); ${also}`;
  const compared = { target, measured, value: median };
  return least === undefined ? atMost(most, compared) : atLeast(least, compared);
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
      const roundsOfPeer = (name: string) => {
        const peer = entries.find(({ subject }) => subject.name === name);
        return roundsOf(peer && measured.get(peer));
      };
      const axios = roundsOfPeer(ofAxios.peer);
      const share = (mine: readonly Slice[], theirs: readonly Slice[] | undefined) =>
        theirs === undefined ? "" : times(pairedRatio(ratesOf(mine), ratesOf(theirs)).median);
      return {
        title: "Calls per second on loopback",
        how: `The same read and the same response from one node:http server in another process, ${plan.lanes} calls at once; ${planText(plan)}. Ratios are medians of each round's own ratio. CPU is what the client's process spent on processors, all threads, which a busy machine changes least. Goals are those of our connectors as installed, on node:http, and with the option \`transport: undiciTransport()\`; where a client that is never idle used far less than one core, other processes had the processors, and calls/s say little.`,
        columns: ["calls/s", "of bare fetch", "of axios + axios-retry", "CPU us a call", "cores used", "note"],
        rows: rowsOf(entries, measured, {
          targets: (entry) => comparisonsOf(entry).map(({ target }) => target),
          content: (entry, calls) => ({
            cells: [
              withSpread(spread(ratesOf(calls))),
              share(calls, bare),
              share(calls, axios),
              withSpread(spread(costsOf(calls))),
              figure(median(calls.map(({ cpuMs, ms }) => cpuMs / ms))),
              callerOf(entry).note ?? "",
            ],
            goals: comparisonsOf(entry).map((one) => goal(one, calls, roundsOfPeer(one.peer))),
          }),
        }),
      };
    } finally {
      child.kill();
    }
  },
};
