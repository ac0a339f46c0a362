import { readFile } from "node:fs/promises";
import { CodegenError } from "./codegen-error.js";
import { helpText, parseCommandLine } from "./command-line.js";
import { check } from "./commands/check.js";
import { type CommandContext, processContext } from "./commands/command-context.js";
import { generate } from "./commands/generate.js";
import { pull } from "./commands/pull.js";

/** Runs the `connectry` command. Resolves to its exit code; a failure is printed as one readable block. */
export async function main(argv: readonly string[], context: CommandContext = processContext()): Promise<number> {
  try {
    const line = parseCommandLine(argv);
    switch (line.kind) {
      case "help":
        context.print(helpText);
        break;
      case "version":
        context.print(await ownVersion());
        break;
      case "pull":
        await pull(line, context);
        break;
      case "generate":
        await generate(line, context);
        break;
      case "check":
        await check(line, context);
        break;
      case "update":
        await (await import("./commands/update.js")).update(line, context);
        break;
      case "diff":
        await (await import("./commands/diff.js")).diff(line, context);
        break;
      case "add":
        // Whoever only pulls or generates does not wait for these to be loaded.
        await (await import("./commands/add.js")).add(line, context);
        break;
    }
    return 0;
  } catch (error) {
    context.stderr.write(`${describe(error, context.env)}\n`);
    return 1;
  }
}

function describe(error: unknown, env: CommandContext["env"]): string {
  const debug = (env.DEBUG ?? "").split(/[\s,]+/).some((name) => name === "connectry" || name === "*");
  if (debug && error instanceof Error)
    return `connectry: ${error.stack}${error.cause === undefined ? "" : `\ncaused by ${inspectCause(error.cause)}`}`;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CodegenError) return `connectry: ${message}`;
  return `connectry: this should not have happened: ${message}\n  DEBUG=connectry shows where; please report it with that.`;
}

function inspectCause(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

async function ownVersion(): Promise<string> {
  const manifest: { version: string } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
  return manifest.version;
}
