import { execFile } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** The environment of a user's shell: without the settings of the package manager that started this process, with this Node first. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm|pnpm)_/i.test(name) && name !== "NODE_OPTIONS");
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ""}`;
  return { ...Object.fromEntries(kept), PATH: path };
}

/** Runs a program and returns its output; rejects with the beginning of the output where the program fails. */
export async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    const { stdout } = await execute(command, args, { cwd, env: cleanEnvironment(), maxBuffer: 1 << 28 });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "", message } = error as { stdout?: string; stderr?: string; message: string };
    const said = `${stdout}${stderr}`.trim() || message;
    throw new Error(`${command} ${args.slice(0, 3).join(" ")}: ${said.slice(0, 600)}`);
  }
}

/** npm, as a user calls it: no scripts of packages, no audit, the cache first. */
export async function npm(args: readonly string[], cwd: string): Promise<void> {
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  await run("npm", [...args, ...quiet], cwd);
}
