import type { Cell } from "../run/run-all.ts";

/** The columns of a row, but for figures that differ from run to run. */
export function stableCells({ measured, checks, fault }: Cell): string[] {
  const { outcome, detail, requests, doubled, leaks, names, items, refreshes, busySockets } = measured;
  const met = checks.filter((check) => check.met).length;
  const unmet = checks.filter((check) => !check.met).map(({ name }) => name);
  const more = [
    items !== undefined && `${items} items`,
    fault.expected.refreshes !== undefined && `${refreshes} refreshes`,
  ];
  return [
    [outcome, detail && `\`${detail.replaceAll("`", "")}\``, ...more].filter(Boolean).join(", "),
    requests > 60 ? `${Math.round(requests / 10) * 10}` : String(requests),
    fault.call.kind.includes("write") || ("isWrite" in fault.call && fault.call.isWrite) ? String(doubled) : "",
    leaks.join(", "),
    busySockets > 0 ? String(busySockets) : "",
    names.join(", "),
    unmet.length === 0 ? `${met}/${met}` : `**${met}/${checks.length}** not: ${unmet.join(", ")}`,
  ];
}

const inSeconds = (ms: number) => (ms < 100 ? "0.0" : (ms / 1_000).toFixed(1));

/** The lowest and the highest of some figures, as one text. */
function range(values: readonly (number | undefined)[], text: (value: number) => string): string {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return "";
  const [low, high] = [text(Math.min(...known)), text(Math.max(...known))];
  return low === high ? low : `${low} to ${high}`;
}

/** The figures of rows that are otherwise the same: waits, times and memory. */
export function figures(cells: readonly Cell[]): { waited: string; ended: string; memory: string } {
  const of = <T>(read: (cell: Cell) => T) => cells.map(read);
  const asked = range(
    of(({ measured }) => measured.waited?.asksMs),
    inSeconds,
  );
  const waited = range(
    of(({ measured }) => measured.waited?.ms),
    inSeconds,
  );
  const heap = range(
    of(({ measured }) => measured.heapMiB),
    (value) => value.toFixed(0),
  );
  const peak = range(
    of(({ measured }) => measured.peakMiB),
    (value) => value.toFixed(0),
  );
  const ended = range(
    of(({ measured }) => measured.ms),
    inSeconds,
  );
  return {
    waited: asked && `${waited} s of ${asked} s`,
    ended: ended && `${ended} s`,
    memory: heap && `${heap} MiB, peak ${peak} MiB`,
  };
}
