import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * The connectors of a workspace that are left out, because one of their documents cannot be had: `connectry pull --record` writes
 * `unavailable` for it.
 */
export function leftOutConnectors(workspace: string): string[] {
  return globSync("specs/*/pulled.txt", { cwd: workspace })
    .filter((file) => / unavailable$/m.test(readFileSync(join(workspace, file), "utf8")))
    .map((file) => basename(dirname(file)))
    .sort();
}

/** The arguments with which turbo leaves connectors out, and packages that depend on them. */
export function turboFilters(connectors: readonly string[]): string[] {
  return connectors.map((name) => `--filter=!...@connectry/${name}`);
}

/** The arguments with which vitest leaves connectors out. */
export function vitestFilters(connectors: readonly string[]): string[] {
  return connectors.map((name) => `--project=!${name}`);
}
