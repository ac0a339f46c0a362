import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { onTestFinished } from "vitest";

/** The node_modules of core. */
const ownModules = new URL("../node_modules/", import.meta.url);

// The package's `imports` lead to what is built; a program runs the sources.
const source = (file: string) => fileURLToPath(new URL(`../src/${file}`, import.meta.url));
const alias = {
  "#default-transport": source("transport/node/default-transport.ts"),
  "#upload": source("upload/index.ts"),
  "@connectry/core/webhooks": source("webhooks/index.ts"),
};

/**
 * Bundles a program that imports TypeScript files, so that a process of its own runs it. Returns the path of the file, which is in
 * `modules`, the node_modules of a package, where it finds its external dependencies.
 */
export async function bundleProgram(contents: string, modules: URL = ownModules): Promise<string> {
  const folder = fileURLToPath(modules);
  const outdir = await mkdtemp(join(folder, ".workers-"));
  onTestFinished(() => rm(outdir, { recursive: true, force: true }));
  const outfile = join(outdir, "program.mjs");
  await build({
    stdin: { contents, resolveDir: folder },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    alias,
    // The package says of its files that importing them has no effect, which is not true of a program.
    ignoreAnnotations: true,
    logLevel: "warning",
  });
  return outfile;
}
