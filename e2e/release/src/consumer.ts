import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { consumerEnvironment } from "../../../scripts/environments.ts";

const run = promisify(execFile);

/** Runs npm as a consumer does, in a folder of the consumer. */
export async function npm(folder: string, args: readonly string[]): Promise<void> {
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  await run("npm", [...args, ...quiet], { cwd: folder, env: consumerEnvironment() });
}

/** Creates a folder in which packages are installed from a registry, and nothing else. */
export async function createConsumer(folder: string, registry: string, packages: readonly string[]): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  await writeFile(join(folder, ".npmrc"), `registry=${registry}\ncache=${join(folder, "../npm-cache")}\n`);
  await npm(folder, ["install", ...packages]);
  return folder;
}

/** The entries of an installed package that have code, as a program imports them: `@connectry/core/redis`. */
export async function entriesOf(folder: string, name: string): Promise<string[]> {
  const { exports } = JSON.parse(await readFile(join(folder, "node_modules", name, "package.json"), "utf8"));
  return Object.entries<{ readonly default?: string }>(exports)
    .filter(([, { default: file }]) => file !== undefined)
    .map(([subpath]) => join(name, subpath));
}
