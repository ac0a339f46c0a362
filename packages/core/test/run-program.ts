import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { bundleProgram } from "./bundle-program.js";

const nodes = {
  20: fileURLToPath(new URL("../../../node_modules/node20/bin/node", import.meta.url)),
  24: process.execPath,
};

/** How a program runs. */
export interface ProgramOptions {
  /** The version of Node. @default 24 */
  readonly node?: keyof typeof nodes;
  /** Options of Node, before the program. */
  readonly flags?: readonly string[];
  readonly args?: readonly string[];
}

/** What a program has printed, and how it ended. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly errors: string;
}

/** Runs a TypeScript file as a program in a process of its own, until the process ends by itself, or the test is over. */
export async function runProgram(file: URL, options: ProgramOptions = {}): Promise<ProgramEnd> {
  const { node = 24, flags = [], args = [] } = options;
  const program = await bundleProgram(`import ${JSON.stringify(fileURLToPath(file))};`);
  const child = spawn(nodes[node], [...flags, program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let out = "";
  let errors = "";
  child.stdout.on("data", (data) => {
    out += data;
  });
  child.stderr.on("data", (data) => {
    errors += data;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, out, errors }));
  });
}
