import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { homeOf } from "../installed/tarballs.ts";
import { bytes, figure, times } from "../report/format.ts";
import { atMost } from "../report/goal.ts";
import type { Bench } from "../report/section.ts";
import { type Entry, roll } from "../subjects/roll.ts";
import { rowsOf } from "../subjects/rows.ts";
import { oneCall } from "../subjects/subject.ts";
import { interleave } from "./interleave.ts";

const maxBytes = 13_500;
const target = "bundle <= 13.5 kB";

interface Size {
  readonly minified: number;
  readonly gzipped: number;
}

async function bundleOf({ subject }: Entry): Promise<Size> {
  const program = join(homeOf(subject), "one-call.ts");
  const made = await rolldown({
    input: "one-call",
    platform: "node",
    resolve: { mainFields: ["module", "main"] },
    logLevel: "silent",
    plugins: [
      {
        name: "one-call",
        resolveId: (id) => (id === "one-call" ? program : undefined),
        load: (id) => (id === program ? oneCall(subject) : undefined),
      },
    ],
  });
  const { output } = await made.generate({
    format: "esm",
    minify: true,
    comments: { legal: false },
    codeSplitting: false,
  });
  const [{ code }] = output;
  return { minified: code.length, gzipped: gzipSync(code, { level: 9 }).length };
}

/** The size of a bundle that makes one call. */
export const bundle: Bench = {
  name: "bundle",
  async run() {
    const entries = roll({ openapiFetch: "once" });
    const measured = await interleave(
      entries.filter(({ absent }) => !absent),
      1,
      bundleOf,
    );
    return {
      title: "Bundle of one call",
      how: "Rolldown, ESM for Node, minified, the ES module build of a package where it has one; then gzip -9. 1 kB is 1,000 bytes. Ratio of the gzipped sizes against ours of the same provider (of Stripe for clients that know none).",
      columns: ["minified", "min+gz", "ratio"],
      rows: rowsOf(entries, measured, {
        targets: [target],
        content: ({ role }, [size], own) => {
          const { minified, gzipped } = size as Size;
          return {
            cells: [bytes(minified), bytes(gzipped), own?.[0] === undefined ? "" : times(gzipped / own[0].gzipped)],
            goals:
              role === "ours"
                ? [atMost(maxBytes, { target, measured: `${figure(gzipped)} bytes`, value: gzipped })]
                : [],
          };
        },
      }),
    };
  },
};
