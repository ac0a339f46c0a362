import { readFile } from "node:fs/promises";
import { check } from "./commands/check.js";
import { createCommandContext, type ProcessContext, processContext } from "./commands/command-context.js";
import { parseCommandLine } from "./commands/command-line.js";
import { generate } from "./commands/generate.js";
import { helpOf, helpText } from "./commands/help.js";
import { pull } from "./commands/pull.js";
import { CodegenError } from "./errors/codegen-error.js";

/**
 * Runs the `connectry` command and resolves to its exit code: 0, or 1 after an error, which is printed to stderr as one
 * message. Does not reject.
 */
export async function main(argv: readonly string[], context: ProcessContext = processContext()): Promise<number> {
  const plain = await createCommandContext(context, { json: argv.includes("--json") });
  try {
    const line = parseCommandLine(argv);
    switch (line.kind) {
      case "help":
        plain.print(line.command === undefined ? helpText : helpOf(line.command));
        break;
      case "completion":
        plain.print((await import("./commands/completion.js")).completionOf(line.shell));
        break;
      case "version":
        plain.print(await readVersion());
        break;
      case "pull":
        await pull(line, plain);
        break;
      case "generate":
        await generate(line, plain);
        break;
      case "check":
        await check(line, plain);
        break;
      // Imported only when needed, so that the other commands start faster.
      case "update":
        await (await import("./commands/update.js")).update(line, plain);
        break;
      case "doctor":
        await (await import("./commands/doctor.js")).doctor(line, plain);
        break;
      case "diff":
        await (await import("./commands/diff.js")).diff(line, plain);
        break;
      case "graphql":
        await (await import("./commands/graphql.js")).graphql(line, plain);
        break;
      case "scopes":
        await (await import("./commands/scopes.js")).scopes(line, plain);
        break;
      case "mock":
        await (await import("./commands/mock.js")).mock(line, plain);
        break;
      case "mcp":
        await (await import("./commands/mcp.js")).mcp(line, plain);
        break;
      case "add":
        await (await import("./commands/add.js")).add(line, plain);
        break;
    }
    return 0;
  } catch (error) {
    plain.stderr.write(`${describeError(error, plain.env)}\n`);
    return 1;
  }
}

function describeError(error: unknown, env: ProcessContext["env"]): string {
  const debug = (env.DEBUG ?? "").split(/[\s,]+/).some((name) => name === "connectry" || name === "*");
  if (debug && error instanceof Error)
    return `connectry: ${error.stack}${error.cause === undefined ? "" : `\ncaused by ${describeCause(error.cause)}`}`;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CodegenError) return `connectry: ${message}`;
  return `connectry: unexpected error: ${message}\n  Please report it, with the stack that DEBUG=connectry shows.`;
}

function describeCause(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

async function readVersion(): Promise<string> {
  const manifest: { version: string } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
  return manifest.version;
}
