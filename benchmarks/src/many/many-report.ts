import { markdownTable } from "../report/table.ts";
import type { MeasuredCommand } from "./measured-command.ts";

/** The heading of the section in RESULTS.md. */
export const manyHeading = "## Cost of many connectors";

/** A command of turbo, and in which state it found the connectors. */
export interface ManyStep {
  readonly name: string;
  readonly measured: MeasuredCommand;
  /** For how many sample connectors it was. */
  readonly samples: number;
}

/** How many tasks a run of turbo had, and how many of them it did not run, because it had their results. */
export function readTasks(output: string): { readonly total: number; readonly cached: number } {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: turbo colors its summary.
  const plain = output.replaceAll(/\u001b\[\d*(;\d+)*m/g, "");
  const [, cached, total] = /Cached:\s+(\d+) cached, (\d+) total/.exec(plain) ?? [];
  return { total: Number(total), cached: Number(cached) };
}

/** The section: each step, and what follows for so many connectors on two processors. */
export function manySection(steps: readonly ManyStep[], { connectors, source, passed }: ManyFacts): string {
  const rows = steps.map(({ name, samples, measured: { cpuMs, wallMs, output, code } }) => {
    const { total, cached } = readTasks(output);
    return [
      name,
      `${total - cached} of ${total}`,
      seconds(cpuMs),
      seconds(cpuMs / samples),
      seconds(wallMs),
      code === 0 ? "" : "failed",
    ];
  });
  const cold = steps.filter(({ name }) => name.endsWith("cold"));
  const all = connectors * cold.reduce((sum, { samples, measured }) => sum + measured.cpuMs / samples, 0);
  const added = cold[0]?.samples ?? 0;
  return `Written by \`pnpm bench:many\`: ${added} sample connectors, added by \`connectry add\` to a copy of the repository, from ${source}.
${passed} of them pass the contract that was written for them as they are, and are measured again with what turbo has kept.
Seconds of processor time of turbo and of all that it starts, and of wall time, which other programs on the machine change more.
${connectors} such connectors take ${(all / 60_000).toFixed(1)} minutes of processor time where nothing is cached, and so ${(all / 120_000).toFixed(1)} minutes on two processors.

${markdownTable([["", "tasks that ran", "processor s", "for each connector", "wall s", ""], ...rows])}`;
}

/** What was measured. */
export interface ManyFacts {
  /** How many pass their tests. */
  readonly passed: number;
  /** The number of connectors that the result is extrapolated to. */
  readonly connectors: number;
  readonly source: string;
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}
