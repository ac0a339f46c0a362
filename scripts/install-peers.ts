import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { runStep } from "./run-step.ts";

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * Installs the peers of benchmarks/ where its lockfile changed: they are many and large, so they are not part of the workspace, and
 * npm installs them by their own lockfile. Returns whether they are installed.
 */
export async function installPeers(): Promise<boolean> {
  const stamp = at("benchmarks/node_modules/.installed-lock");
  const lock = createHash("sha256")
    .update(await readFile(at("benchmarks/package-lock.json")))
    .digest("hex");
  if ((await readFile(stamp, "utf8").catch(() => "")) === lock) return true;
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const isDone = await runStep("install the peers", "npm", ["--prefix", "benchmarks", "ci", ...quiet]);
  if (isDone) await writeFile(stamp, lock);
  return isDone;
}
