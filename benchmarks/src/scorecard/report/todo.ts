import type { Cell } from "../run/run-all.ts";

/** A check that ours does not meet and a peer does. */
export interface Todo {
  readonly fault: Cell["fault"];
  readonly check: string;
  readonly ours: readonly Cell[];
  readonly peers: readonly Cell[];
}

/** What ours has to learn: every check of a fault that one of ours does not meet, and a peer does. */
export function todosOf(cells: readonly Cell[]): Todo[] {
  const meets = (cell: Cell, name: string, met: boolean) =>
    cell.checks.some((check) => check.name === name && check.met === met);
  return [...new Set(cells.map(({ fault }) => fault))].flatMap((fault) => {
    const rows = cells.filter((cell) => cell.fault === fault);
    const names = [...new Set(rows.flatMap(({ checks }) => checks.map(({ name }) => name)))];
    return names.flatMap((check): Todo[] => {
      const ours = rows.filter((cell) => cell.subject.group === "ours" && meets(cell, check, false));
      const peers = rows.filter((cell) => cell.subject.group !== "ours" && meets(cell, check, true));
      return ours.length > 0 && peers.length > 0 ? [{ fault, check, ours, peers }] : [];
    });
  });
}
