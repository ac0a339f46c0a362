import { join } from "node:path";
import { main } from "../src/cli.js";
import type { ProcessContext } from "../src/commands/command-context.js";
import type { GenerateInput, GenerateOutput } from "../src/generate/generate.js";

/** The exit code and the output of a run of the command. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options of a run. */
export interface CliOptions {
  readonly cwd: string;
  readonly registry?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Asks the user at a terminal. @default there is no terminal */
  readonly ask?: ProcessContext["ask"];
  /** Whether stderr is a terminal. @default false */
  readonly isTTY?: boolean;
  /** What happens while a command runs that ends when it is interrupted; it gets what was printed before. */
  readonly whileRunning?: (stdout: string) => Promise<void>;
  /** Gets what is printed to stderr, as it is printed. */
  readonly onError?: (text: string) => void;
  /** Replaces the generator. */
  readonly generate?: (input: GenerateInput) => Promise<GenerateOutput>;
}

/** An environment in which nothing outside of `folder` is read or written. */
export function testEnvironment(folder: string, registry = "http://127.0.0.1:9"): Record<string, string> {
  return {
    HOME: folder,
    PREFIX: join(folder, "prefix"),
    CONNECTRY_CACHE: join(folder, ".cache"),
    npm_config_cache: join(folder, ".npm"),
    npm_config_registry: `${registry}/`,
    // npm waits ten seconds before it retries.
    npm_config_fetch_retries: "0",
  };
}

/** Runs the command in this process, with the arguments of a user. */
export async function runCli(argv: readonly string[], options: CliOptions): Promise<CliRun> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const context: ProcessContext = {
    cwd: options.cwd,
    env: { ...testEnvironment(options.cwd, options.registry), ...options.env },
    print: (line) => stdout.push(`${line}\n`),
    stderr: {
      isTTY: options.isTTY ?? false,
      columns: 80,
      write: (text) => {
        options.onError?.(text);
        stderr.push(text);
      },
    },
    now: () => 0,
    ask: options.ask,
    interrupted: async () => options.whileRunning?.(stdout.join("")),
    loadGenerator: async () => options.generate ?? (await import("../src/generate/generate.js")).generate,
  };
  const code = await main(argv, context);
  return { code, stdout: stdout.join(""), stderr: stderr.join("") };
}
