import { times } from "../report/format.ts";
import { markdownTable } from "../report/table.ts";
import { type Line, lineThrough } from "./fitted-line.ts";
import { type Program, programs, type TimedDocument } from "./timed-document.ts";

/** The heading of the section in RESULTS.md. */
export const speedHeading = "## Speed by operations";
/** No document may take longer than so many times what the line says for its number of operations. */
export const maxRatio = 2;

const own = ["connectry add", "connectry generate"] as const;
const peers = ["openapi-typescript", "hey-api"] as const;

/** The times of one of our commands beside the line that is fitted to them. */
export interface FittedCommand {
  readonly line: Line;
  /** The time of each document in units of the line. */
  readonly ratios: readonly number[];
  /** The documents that are above the line by more than `maxRatio`. */
  readonly above: readonly string[];
}

/** Fits a line through the processor times of one of our commands, by operations. */
export function fitCommand(documents: readonly TimedDocument[], program: Program): FittedCommand {
  const line = lineThrough(documents.map(({ operations, cpuMs }) => [operations, cpuMs[program] ?? Number.NaN]));
  const ratios = documents.map(({ operations, cpuMs }) => (cpuMs[program] ?? Number.NaN) / line.at(operations));
  const above = documents.filter((_, index) => !((ratios[index] ?? 0) <= maxRatio)).map(({ document }) => document);
  return { line, ratios, above };
}

/** The sum of one program's times over that of another, of the documents that both can read. */
export function sumRatio(documents: readonly TimedDocument[], [one, other]: readonly [Program, Program]): number {
  const both = documents.filter(({ cpuMs }) => cpuMs[one] !== undefined && cpuMs[other] !== undefined);
  const sum = (program: Program) => both.reduce((total, { cpuMs }) => total + (cpuMs[program] ?? 0), 0);
  return sum(one) / sum(other);
}

/** The section about speed: a row for each document, with the lines that are fitted to our commands, and the sums beside the peers. */
export function speedSection(documents: readonly TimedDocument[], source: string): string {
  const fitted = own.map((program) => fitCommand(documents, program));
  const fits = own.map((program, index) => fitSentence(program, fitted[index] as FittedCommand));
  const rows = documents.map(({ document, operations, cpuMs }, index) => [
    document,
    String(operations),
    ...own.flatMap((program, at) => [seconds(cpuMs[program]), times(fitted[at]?.ratios[index] ?? Number.NaN)]),
    ...peers.map((program) => seconds(cpuMs[program])),
  ]);
  const ratios = own.map((program) => {
    const beside = peers.map((peer) => `${times(sumRatio(documents, [program, peer]))} of ${peer}`);
    return `\`${program}\` takes ${beside.join(" and ")}`;
  });
  const failed = peers.flatMap((program) => {
    const count = documents.filter(({ cpuMs }) => cpuMs[program] === undefined).length;
    return count === 0 ? [] : [`${program} fails with ${count} of them`];
  });
  const columns = ["", "operations", ...own.flatMap((program) => [`\`${program}\``, "of its line"]), ...peers];
  return `Written by \`pnpm bench:add speed\`: seconds of processor time for ${source}, ${programs.length} programs one after the other for each document.
\`connectry add\` drafts the profile, writes the client, and type-checks it; \`connectry generate\` writes the client; openapi-typescript
writes types, and hey-api types and a client. ${fits.join(" ")} Over the documents that both can read, ${ratios.join("; ")}${failed.length === 0 ? "" : ` (${failed.join(", ")})`}.

${markdownTable([columns, ...rows])}`;
}

function fitSentence(program: Program, { line, ratios, above }: FittedCommand): string {
  const most = Math.max(...ratios);
  const result = above.length === 0 ? "met" : `NOT MET: ${above.join(", ")}`;
  return `The line fitted to \`${program}\` is ${seconds(line.at(0))} s + ${line.slope.toFixed(1)} ms for each operation, and no document may be above ${maxRatio} times it: the highest is at ${times(most)} (${result}).`;
}

function seconds(ms: number | undefined): string {
  return ms === undefined ? "failed" : (ms / 1_000).toFixed(1);
}
