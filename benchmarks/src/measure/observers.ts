import { observedEntries } from "../callers/observed.ts";
import { times, withSpread } from "../report/format.ts";
import { pairedRatio, spread } from "../report/median.ts";
import type { Bench } from "../report/section.ts";
import { roundsOf, rowsOf } from "../subjects/rows.ts";
import { costsOf, planText, slices } from "./slices.ts";

const plan = { rounds: 15, warmUpCalls: 20_000, leadMs: 50, ms: 150, lanes: 1 };

/** What observers cost: calls whose transport responds at once, with and without them. */
export const observers: Bench = {
  name: "observers",
  async run() {
    const entries = observedEntries();
    const measured = await slices(entries, { kind: "stub" }, plan);
    const [first] = entries;
    const without = roundsOf(first && measured.get(first));
    return {
      title: "What observers cost",
      how: `Microseconds of processor time of one read whose transport (not \`fetch\`) responds at once, one call after another; ${planText(plan)}. The ratio is the median of each round's own. The second row is the same client as the first in another process: its ratio is what noise makes.`,
      columns: ["CPU us", "ratio"],
      rows: rowsOf(entries, measured, {
        targets: [],
        content: (_, calls) => ({
          cells: [
            withSpread(spread(costsOf(calls))),
            without === undefined ? "" : times(pairedRatio(costsOf(calls), costsOf(without)).median),
          ],
          goals: [],
        }),
      }),
    };
  },
};
