/** Something that a figure was meant to reach. */
export interface Goal {
  /** `instantiations <= 1,500`. */
  readonly wish: string;
  /** What was measured, in the words of the wish. */
  readonly measured: string;
  readonly met: boolean;
}

/** One line of a table. */
export interface Row {
  readonly name: string;
  /** One text for each column behind the name; none where nothing was measured. */
  readonly cells: readonly string[];
  readonly goals: readonly Goal[];
  /** Why there are no figures: `not built yet`, or what went wrong. */
  readonly missing?: string;
  /** The measurement itself broke: the run must not end well. */
  readonly broken?: boolean;
}

/** One measurement of every subject, ready to be printed. */
export interface Section {
  readonly title: string;
  /** How it was measured, for whoever doubts the figures. */
  readonly how: string;
  /** What the cells hold; the column of names and that of goals are not named here. */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** One measurement: a file of `measure/`. */
export interface Bench {
  /** What it is called on the command line: `pnpm bench loopback`. */
  readonly name: string;
  run(): Promise<Section>;
}

/** The row of a subject that has no figures: every goal that it was to reach counts as not met. */
export function missingRow(name: string, wishes: readonly string[], missing: string, broken: boolean): Row {
  return { name, cells: [], goals: wishes.map((wish) => ({ wish, measured: missing, met: false })), missing, broken };
}
