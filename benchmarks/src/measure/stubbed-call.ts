import type { Slice } from "../callers/caller-process.ts";
import { bareEntry, callerOf, callingEntries } from "../callers/callers.ts";
import { times, withSpread } from "../report/format.ts";
import { atMost } from "../report/goal.ts";
import { pairedRatio, spread } from "../report/median.ts";
import type { Bench } from "../report/section.ts";
import { roundsOf, rowsOf } from "../subjects/rows.ts";
import { costsOf, planText, slices } from "./slices.ts";

// The JIT compiler still changes what it has made of a client after 20,000 calls; a service makes millions.
const plan = { rounds: 15, warmUpCalls: 200_000, leadMs: 50, ms: 100, lanes: 1 };

const mostOfBare = 1.4;
const target = `CPU <= ${mostOfBare}x bare fetch`;

const timesOf = (slices: readonly Slice[]) => slices.map(({ calls, ms }) => (ms * 1_000) / calls);

/** What a client costs without a network: calls whose transport responds at once. */
export const stubbedCall: Bench = {
  name: "stub",
  async run() {
    const entries = callingEntries();
    const measured = await slices(
      entries.filter(({ absent }) => !absent),
      { kind: "stub" },
      plan,
    );
    const bare = roundsOf(measured.get(bareEntry));
    const ratio = (mine: readonly Slice[], theirs: readonly Slice[] | undefined) =>
      theirs === undefined ? "" : times(pairedRatio(costsOf(mine), costsOf(theirs)).median);
    return {
      title: "A call over a stub",
      how: `Microseconds of one read whose transport responds at once with the same JSON object, one call after another; ${planText(plan)}. CPU is what the process spent on processors, all threads; the ratios are of that, against bare fetch and against ours of the same provider (of Stripe for clients that know none). A stub of \`fetch\` makes a \`Response\`, which bare fetch pays too; an axios adapter makes none.`,
      columns: ["us", "CPU us", "of bare fetch", "ratio", "what is stubbed", "note"],
      rows: rowsOf(entries, measured, {
        targets: [target],
        content: (entry, calls, own) => {
          const ofBare = bare && pairedRatio(costsOf(calls), costsOf(bare)).median;
          const goal = atMost(mostOfBare, {
            target,
            measured: ofBare === undefined ? "not measured" : times(ofBare),
            value: ofBare ?? Number.NaN,
          });
          return {
            cells: [
              withSpread(spread(timesOf(calls))),
              withSpread(spread(costsOf(calls))),
              ratio(calls, bare),
              ratio(calls, own),
              callerOf(entry).stubbed,
              callerOf(entry).note ?? "",
            ],
            goals: entry.role === "ours" ? [goal] : [],
          };
        },
      }),
    };
  },
};
