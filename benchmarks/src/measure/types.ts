import { createRequire } from "node:module";
import { writeProgram } from "../installed/programs.ts";
import { run } from "../installed/run.ts";
import { figure, times, withSpread } from "../report/format.ts";
import { atMost } from "../report/goal.ts";
import { spread } from "../report/median.ts";
import type { Bench } from "../report/section.ts";
import { type Entry, roll } from "../subjects/roll.ts";
import { rowsOf } from "../subjects/rows.ts";
import { twoCalls } from "../subjects/subject.ts";
import { interleave } from "./interleave.ts";

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const rounds = 3;
const maxInstantiations = 1_500;
const target = `instantiations <= ${figure(maxInstantiations)}`;

interface Cost {
  readonly instantiations: number;
  readonly checkMs: number;
  readonly totalMs: number;
}

function read(diagnostics: string, name: string): number {
  const value = new RegExp(`^${name}:\\s+([\\d.]+)`, "m").exec(diagnostics)?.[1];
  if (value === undefined) throw new Error(`tsc printed no line \`${name}\`.`);
  return Number(value);
}

async function check({ subject }: Entry): Promise<Cost> {
  const folder = await writeProgram(subject, twoCalls(subject));
  const printed = await run(process.execPath, [tsc, "-p", folder, "--extendedDiagnostics"], folder);
  return {
    instantiations: read(printed, "Instantiations"),
    checkMs: read(printed, "Check time") * 1_000,
    totalMs: read(printed, "Total time") * 1_000,
  };
}

/** What a program of two calls costs the type checker. */
export const types: Bench = {
  name: "types",
  async run() {
    const entries = roll({ openapiFetch: "per document" });
    const measured = await interleave(
      entries.filter(({ absent }) => !absent),
      rounds,
      check,
    );
    return {
      title: "Types: instantiations and check time",
      how: `A program of two calls, TypeScript 5.9, \`tsc --extendedDiagnostics\`, skipLibCheck, no DOM, ${rounds} rounds. The ratio is instantiations against ours of the same provider (of Stripe for clients that know none). axios and ky have types of their own but know no API: their responses have the types that the program claims.`,
      columns: ["instantiations", "ratio", "check ms", "all of tsc ms"],
      rows: rowsOf(entries, measured, {
        targets: [target],
        content: ({ role }, costs, own) => {
          const instantiations = costs[0]?.instantiations ?? Number.NaN;
          const ratio = own?.[0] === undefined ? "" : times(instantiations / own[0].instantiations);
          return {
            cells: [
              figure(instantiations),
              ratio,
              withSpread(spread(costs.map(({ checkMs }) => checkMs))),
              withSpread(spread(costs.map(({ totalMs }) => totalMs))),
            ],
            goals:
              role === "ours"
                ? [atMost(maxInstantiations, { target, measured: figure(instantiations), value: instantiations })]
                : [],
          };
        },
      }),
    };
  },
};
