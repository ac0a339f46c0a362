/** What the process that runs the programs of a README is told. */
export interface Plan {
  readonly programs: readonly string[];
  /** The connectors whose providers respond, by fakes of their documents. */
  readonly connectors: readonly string[];
  /** The port on which a server really listens, by the port that programs name. */
  readonly ports: Readonly<Record<number, number>>;
  /** The address of a server that takes uploads as Box does. */
  readonly boxUrl: string;
}

/** How a program ended: with an error, or without. */
export interface ProgramEnd {
  readonly program: string;
  readonly error?: string;
}

/** What begins a line of output that is a `ProgramEnd`. */
export const MARK = "program ended: ";
