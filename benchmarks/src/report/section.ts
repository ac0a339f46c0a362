/** A figure that a measurement should reach. */
export interface Goal {
  /** `instantiations <= 1,500`. */
  readonly target: string;
  /** What was measured, in the unit of the target. */
  readonly measured: string;
  readonly met: boolean;
  /** What was measured as a part of what the goal allows: above 1 where it is not met. Undefined where nothing was measured. */
  readonly share?: number;
}

/** One line of a table. */
export interface Row {
  readonly name: string;
  /** One text for each column after the name; empty where nothing was measured. */
  readonly cells: readonly string[];
  readonly goals: readonly Goal[];
  /** Why there are no figures: `not built yet`, or what went wrong. */
  readonly missing?: string;
  /** The measurement itself failed: the run ends with exit code 1. */
  readonly broken?: boolean;
}

/** One measurement of every subject, ready to be printed. */
export interface Section {
  readonly title: string;
  /** How it was measured, so that a reader can check the figures. */
  readonly how: string;
  /** Headings of the cells, without the columns of names and of goals. */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** One measurement: a file of `measure/`. */
export interface Bench {
  /** Its name on the command line: `pnpm bench loopback`. */
  readonly name: string;
  run(): Promise<Section>;
}

/** Why a row has no figures, and whether its measurement failed. */
export interface Missing {
  readonly missing: string;
  readonly broken: boolean;
}

/** The row of a subject without figures: each of its goals counts as not met. */
export function missingRow(name: string, targets: readonly string[], { missing, broken }: Missing): Row {
  return {
    name,
    cells: [],
    goals: targets.map((target) => ({ target, measured: missing, met: false })),
    missing,
    broken,
  };
}
