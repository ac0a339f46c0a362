import { writeProgram } from "../installed/programs.ts";
import { figure, times, withSpread } from "../report/format.ts";
import { pairedRatio, spread } from "../report/median.ts";
import type { Bench } from "../report/section.ts";
import { type Entry, roll } from "../subjects/roll.ts";
import { rowsOf } from "../subjects/rows.ts";
import { halfTyped } from "../subjects/subject.ts";
import { inParallel } from "./in-parallel.ts";
import { interleave, type Measured } from "./interleave.ts";
import { Tsserver } from "./tsserver.ts";

const rounds = 5;

interface Completion {
  readonly ms: number;
  readonly offered: number;
}

/** A program in an editor, with the cursor where a completion is requested. */
class OpenProgram {
  readonly #server: Tsserver;
  readonly #file: string;
  readonly #cursor: { readonly line: number; readonly offset: number };
  readonly #end: { readonly line: number; readonly offset: number };

  constructor(folder: string, { before, after }: { readonly before: string; readonly after: string }) {
    const text = before + after;
    const typed = before.split("\n");
    this.#file = `${folder}/program.ts`;
    this.#cursor = { line: typed.length, offset: (typed.at(-1)?.length ?? 0) + 1 };
    this.#end = { line: text.split("\n").length, offset: 1 };
    this.#server = new Tsserver(folder);
    this.#server.notify("open", { file: this.#file, fileContent: text });
  }

  /** Edits the file, as typing does, so that the server cannot reuse its last result; then requests a completion. */
  async complete(): Promise<Completion> {
    const { line, offset } = this.#end;
    this.#server.notify("change", {
      file: this.#file,
      ...{ line, offset, endLine: line, endOffset: offset },
      insertString: "\n",
    });
    const startedAt = performance.now();
    const response = await this.#server.request("completionInfo", { file: this.#file, ...this.#cursor });
    const ms = performance.now() - startedAt;
    const { entries = [] } = (response.body ?? {}) as { entries?: unknown[] };
    if (entries.length === 0) throw new Error(`tsserver offered nothing: ${response.message ?? "no entries"}`);
    return { ms, offered: entries.length };
  }

  close(): void {
    this.#server.close();
  }
}

/** Measures the subjects of one provider in turn; each has a server of its own. */
async function completeGroup(entries: readonly Entry[]): Promise<Map<Entry, Measured<Completion>>> {
  const open = new Map<Entry, OpenProgram>();
  for (const entry of entries) {
    const program = halfTyped(entry.subject);
    const folder = await writeProgram(entry.subject, program.before + program.after);
    open.set(entry, new OpenProgram(folder, program));
  }
  try {
    const ask = (entry: Entry) => (open.get(entry) as OpenProgram).complete();
    // The first completion is not timed, because the server reads its files for it.
    const warmed = await inParallel(entries, ask);
    const ready = entries.filter((entry) => warmed.get(entry)?.kind === "figures");
    return new Map([...warmed, ...(await interleave(ready, rounds, ask))]);
  } finally {
    for (const program of open.values()) program.close();
  }
}

/** How long an editor waits for the list of paths or methods. */
export const completion: Bench = {
  name: "completion",
  async run() {
    const entries = roll({ openapiFetch: "per document" }).filter(({ subject }) => subject.completeBehind);
    const measured = new Map<Entry, Measured<Completion>>();
    for (const group of new Set(entries.map((entry) => entry.group))) {
      const present = entries.filter((entry) => entry.group === group && !entry.absent);
      for (const [entry, result] of await completeGroup(present)) measured.set(entry, result);
    }
    return {
      title: "Completion",
      how: `\`completionInfo\` of TypeScript 5.9's tsserver in the same program while its second call is being typed, after an edit each time, ${rounds} rounds after one to warm up; the servers of one provider are measured in turn. Where calls name a path, the cursor is inside the string (an empty argument follows, without which openapi-fetch offers only some of the paths, or none); where they name a method, it is after the dot, which is less work. axios and ky know no API, so they have nothing to offer.`,
      columns: ["completed behind", "offered", "ms", "ratio"],
      rows: rowsOf(entries, measured, {
        targets: [],
        content: ({ subject }, completions, own) => {
          const ms = completions.map((completion) => completion.ms);
          const ratio =
            own &&
            pairedRatio(
              ms,
              own.map((completion) => completion.ms),
            ).median;
          return {
            cells: [
              `\`${subject.completeBehind}\``,
              figure(completions[0]?.offered ?? 0),
              withSpread(spread(ms)),
              ratio === undefined ? "" : times(ratio),
            ],
            goals: [],
          };
        },
      }),
    };
  },
};
