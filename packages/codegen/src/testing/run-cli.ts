import { join } from "node:path";
import { main } from "../cli.js";
import type { CommandContext } from "../commands/command-context.js";
import type { GenerateInput, GenerateOutput } from "../generate/generate.js";

/** What a run of the command left on the screen. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a run differs from the usual. */
export interface CliOptions {
  readonly cwd: string;
  readonly registry?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Somebody at a terminal. */
  readonly ask?: CommandContext["ask"];
  /** In place of the real generator, where a test is not about what it generates. */
  readonly generate?: (input: GenerateInput) => Promise<GenerateOutput>;
}

/** An environment that reads and writes nothing outside `folder`. */
export function testEnvironment(folder: string, registry = "http://127.0.0.1:9"): Record<string, string> {
  return {
    HOME: folder,
    PREFIX: join(folder, "prefix"),
    CONNECTRY_CACHE: join(folder, ".cache"),
    npm_config_cache: join(folder, ".npm"),
    npm_config_registry: `${registry}/`,
    // npm waits ten seconds before it tries again.
    npm_config_fetch_retries: "0",
  };
}

/** Runs the command as a user would, without a process of its own. */
export async function runCli(argv: readonly string[], options: CliOptions): Promise<CliRun> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const context: CommandContext = {
    cwd: options.cwd,
    env: { ...testEnvironment(options.cwd, options.registry), ...options.env },
    print: (line) => stdout.push(`${line}\n`),
    stderr: { isTTY: false, write: (text) => stderr.push(text) },
    now: () => 0,
    ask: options.ask,
    loadGenerator: async () => options.generate ?? (await import("../generate/generate.js")).generate,
  };
  const code = await main(argv, context);
  return { code, stdout: stdout.join(""), stderr: stderr.join("") };
}
