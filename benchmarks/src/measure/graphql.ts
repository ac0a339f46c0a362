import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { graphqlClients, ours } from "../graphql/graphql-clients.ts";
import type { QuerySlice } from "../graphql/query-process.ts";
import { writeGraphqlProgram } from "../graphql/write-programs.ts";
import { run } from "../installed/run.ts";
import { bytes, figure, times, withSpread } from "../report/format.ts";
import { atMost } from "../report/goal.ts";
import { spread } from "../report/median.ts";
import { type Bench, missingRow } from "../report/section.ts";
import type { Subject } from "../subjects/subject.ts";
import { AskedProcess } from "./asked-process.ts";
import { interleave } from "./interleave.ts";

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const program = new URL("../graphql/query-process.ts", import.meta.url);
const rounds = 15;
const [warmUpMs, ms] = [2_000, 150];
const target = "instantiations <= 400";

interface Built {
  readonly instantiations: number;
  readonly checkMs: number;
  readonly gzipped: number;
}

/** What the program of two queries costs the type checker, and how large it is. */
async function build(subject: Subject): Promise<Built> {
  const folder = await writeGraphqlProgram(subject);
  const printed = await run(process.execPath, [tsc, "-p", folder, "--extendedDiagnostics"], folder);
  const read = (name: string) => Number(new RegExp(`^${name}:\\s+([\\d.]+)`, "m").exec(printed)?.[1]);
  const made = await rolldown({
    input: join(folder, "program.ts"),
    platform: "node",
    resolve: { mainFields: ["module", "main"] },
    logLevel: "silent",
  });
  const { output } = await made.generate({
    format: "esm",
    minify: true,
    comments: { legal: false },
    codeSplitting: false,
  });
  return {
    instantiations: read("Instantiations"),
    checkMs: read("Check time") * 1_000,
    gzipped: gzipSync(output[0].code, { level: 9 }).length,
  };
}

/** Clients of GraphQL: types, bundle, and what a query takes. */
export const graphql: Bench = {
  name: "graphql",
  async run() {
    const built = await interleave(graphqlClients, 1, build);
    const processes = new Map<Subject, AskedProcess>();
    try {
      const queried = await interleave(graphqlClients, rounds, async (subject) => {
        let client = processes.get(subject);
        if (client === undefined) {
          ({ process: client } = await AskedProcess.start(program, [subject.name]));
          processes.set(subject, client);
          await client.ask<QuerySlice>({ ms: warmUpMs });
        }
        const { calls, cpuMs } = await client.ask<QuerySlice>({ ms });
        return (cpuMs * 1_000) / calls;
      });
      const mine = built.get(ours);
      const own = mine?.kind === "figures" ? mine.rounds[0] : undefined;
      return {
        title: "GraphQL: types, bundle and queries",
        how: `A program of two queries of GitHub's schema, one of them with a list, a variable and a fragment. TypeScript 5.9, skipLibCheck; Rolldown, ESM for Node, minified, gzip -9, with all that is loaded later. CPU of one query whose \`fetch\` responds at once, one after another; a process for each client, ${rounds} rounds of ${ms} ms in turn after ${warmUpMs / 1_000} s to warm up. graphql-request has no retry, no limits and no deadline; alone it knows no schema, so that the program claims the types.`,
        columns: ["instantiations", "ratio", "check ms", "bundle, min+gz", "ratio", "CPU us a query"],
        rows: graphqlClients.map((subject) => {
          const [size, costs] = [built.get(subject), queried.get(subject)];
          if (size?.kind !== "figures" || costs?.kind !== "figures") {
            const failed = [size, costs].find((one) => one?.kind === "failed");
            const missing = failed?.kind === "failed" ? failed.why : "it was left out";
            return missingRow(subject.name, subject === ours ? [target] : [], { missing, broken: true });
          }
          const [{ instantiations, checkMs, gzipped }] = size.rounds as [Built];
          return {
            name: subject.name,
            cells: [
              figure(instantiations),
              own === undefined ? "" : times(instantiations / own.instantiations),
              figure(checkMs),
              bytes(gzipped),
              own === undefined ? "" : times(gzipped / own.gzipped),
              withSpread(spread(costs.rounds)),
            ],
            goals:
              subject === ours
                ? [atMost(400, { target, measured: figure(instantiations), value: instantiations })]
                : [],
          };
        }),
      };
    } finally {
      for (const client of processes.values()) client.stop();
    }
  },
};
