import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type BuildOptions, build } from "esbuild";
import { networkEnvironment } from "../../../scripts/environments.ts";
import { packPackages } from "../../../scripts/pack-packages.ts";
import type { Programs } from "./runtime.ts";

const run = promisify(execFile);
const source = (file: string) => fileURLToPath(new URL(`programs/${file}`, import.meta.url));

/** Packs the packages, installs their tarballs in an empty folder as a consumer does, and compiles the programs there. */
export async function buildPrograms(): Promise<Programs> {
  const folder = await mkdtemp(join(tmpdir(), "connectry-runtimes-"));
  const packages = ["core", "stripe", "github", "slack"].map((name) => `@connectry/${name}`);
  const tarballs = await packPackages(packages, join(folder, "tarballs"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline"];
  await run("npm", ["install", ...quiet, ...tarballs], { cwd: folder, env: networkEnvironment() });

  const programs = { folder, process: join(folder, "process.js"), worker: join(folder, "worker.js") };
  const shared: BuildOptions = {
    bundle: true,
    format: "esm",
    target: "es2022",
    absWorkingDir: folder,
    nodePaths: [join(folder, "node_modules")],
  };
  // Only our own files are bundled: each runtime resolves the packages itself.
  await build({ ...shared, entryPoints: [source("process.ts")], outfile: programs.process, packages: "external" });
  await build({
    ...shared,
    entryPoints: [source("worker.ts")],
    outfile: programs.worker,
    conditions: ["workerd", "worker"],
  });
  return programs;
}
