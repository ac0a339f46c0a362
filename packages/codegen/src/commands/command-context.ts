import { createInterface } from "node:readline/promises";
import type { Ask } from "../add/ask-answers.js";
import type { generate } from "../generate/generate.js";
import type { ProgressStream } from "../source/progress.js";

/** What a command sees of the world. */
export interface CommandContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Prints a line of the result. */
  print(line: string): void;
  /** Where progress and warnings go. */
  readonly stderr: ProgressStream;
  /** Milliseconds, for the times that are printed. */
  now(): number;
  /** Brings the generator; a promise, because pulling needs none of it. */
  loadGenerator(): Promise<typeof generate>;
  /** Asks somebody at a terminal; not there where nobody could answer. */
  readonly ask?: Ask | undefined;
}

/** The world as this process sees it. */
export function processContext(): CommandContext {
  return {
    cwd: process.cwd(),
    env: process.env,
    print: (line) => process.stdout.write(`${line}\n`),
    stderr: process.stderr,
    now: () => performance.now(),
    loadGenerator: async () => (await import("../generate/generate.js")).generate,
    ask: process.stdin.isTTY && process.stdout.isTTY ? askOnTerminal : undefined,
  };
}

async function askOnTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

/** What every command takes. */
export interface ProviderOptions {
  /** The providers to work on; all of specs/ where there are none. */
  readonly providers: readonly string[];
  readonly specs?: string | undefined;
}
