import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ask, withoutAsking } from "./ask.js";
import type { Catalog } from "./catalog.js";
import { helpOf, parseCommandLine, UsageError } from "./command-line.js";
import { folderProblem, packageNameOf, writeFiles } from "./folder.js";
import { catalog } from "./generated/catalog.js";
import { writeProject } from "./write-project.js";

/** What the command uses of its process. */
export interface MainContext {
  /** Whether questions can be asked. */
  readonly isTerminal: boolean;
  print(text: string): void;
  printError(text: string): void;
  /** Runs npm in a folder; resolves to its exit code. */
  npm(folder: string, args: readonly string[]): Promise<number>;
}

/** Runs npm with the output of this process, so that its progress is seen. */
function runNpm(folder: string, args: readonly string[]): Promise<number> {
  return new Promise((done, reject) => {
    // npm is a script of the shell on Windows.
    const child = spawn("npm", [...args], { cwd: folder, stdio: "inherit", shell: process.platform === "win32" });
    child.on("error", reject);
    child.on("close", (code) => done(code ?? 1));
  });
}

const processContext = (): MainContext => ({
  isTerminal: process.stdin.isTTY === true && process.stdout.isTTY === true && !process.env.CI,
  print: (text) => console.log(text),
  printError: (text) => console.error(text),
  npm: runNpm,
});

/**
 * Runs `npm create connectry`, and resolves to its exit code: 0, or 1 after an error, which is printed as one message. Does not reject.
 */
export async function main(argv: readonly string[], context: MainContext = processContext()): Promise<number> {
  try {
    return await run(argv, context, catalog);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    context.printError(`create-connectry: ${error instanceof UsageError ? message : `unexpected error: ${message}`}`);
    return 1;
  }
}

async function run(argv: readonly string[], context: MainContext, { providers: all }: Catalog): Promise<number> {
  const line = parseCommandLine(argv, all);
  if (line.help) return done(context, helpOf(all));
  if (line.version) return done(context, readVersion());
  const isComplete = line.folder !== undefined && line.providers !== undefined && line.framework !== undefined;
  const choices = context.isTerminal && !isComplete ? await ask(line, all) : withoutAsking(line);
  if (choices === undefined) return 1;
  const { folder, providers, framework } = choices;
  const problem = folderProblem(folder);
  if (problem !== undefined) throw new UsageError(problem);
  const files = writeProject({ name: packageNameOf(folder), providers, framework }, catalog);
  await writeFiles(folder, files);
  context.print(`Created ${resolve(folder)}: ${[...files.keys()].sort().join(", ")}`);
  if (!line.install) return done(context, `Then: cd ${folder} && npm install && npm test`);
  for (const args of [["install"], ["run", "check"], ["test"]]) {
    context.print(`npm ${args.join(" ")}`);
    if ((await context.npm(folder, args)) === 0) continue;
    throw new UsageError(`\`npm ${args.join(" ")}\` failed in ${folder}. The files are written: try it there again.`);
  }
  return done(context, `It runs. Next: cd ${folder}, cp .env.example .env, fill it in, npm start`);
}

function done({ print }: MainContext, text: string): number {
  print(text);
  return 0;
}

function readVersion(): string {
  return JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;
}
