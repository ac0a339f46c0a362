import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Subject } from "../subjects/subject.ts";
import { providers } from "../subjects.ts";
import { npm, run } from "./run.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const cache = fileURLToPath(new URL("../../.cache", import.meta.url));

/** Scratch space of the run; the next run deletes it. */
export const scratch = cache;

/** The folder in which npm has installed our packages from their tarballs. */
export const tarballHome = `${cache}/ours`;

/** The folder of programs that use the registry's packages of our lockfile. */
export const registryHome = `${cache}/peers`;

/** The folder from which a subject's program finds its imports. */
export function homeOf({ from }: Subject): string {
  return from === "tarballs" ? tarballHome : registryHome;
}

/** Whether the connector of a provider exists and is built. */
export function isBuilt(provider: string): boolean {
  return existsSync(`${root}/packages/connectors/${provider}/dist/index.js`);
}

/** The tarballs that a user of one connector gets: its own and the core's. */
export async function tarballsOf(provider: string): Promise<string[]> {
  const files = await readdir(`${cache}/tarballs`);
  return files
    .filter((file) => file.startsWith("connectry-core-") || file.startsWith(`connectry-${provider}-`))
    .map((file) => `${cache}/tarballs/${file}`);
}

/**
 * Packs the core and connectors that are built, as they would be published, and installs them in one folder, with `further` packages
 * of the registry. `load.mjs` there imports what it is asked for as a program of that folder.
 */
export async function installTarballs(
  ids: readonly string[] = providers.map(({ id }) => id),
  further: readonly string[] = [],
): Promise<void> {
  await rm(cache, { recursive: true, force: true });
  for (const home of [tarballHome, registryHome, `${cache}/tarballs`]) await mkdir(home, { recursive: true });
  const built = ids.filter(isBuilt).map((id) => `@connectry/${id}`);
  const filters = ["@connectry/core", ...built].flatMap((name) => ["--filter", name]);
  await run("npx", ["-y", "pnpm@12", ...filters, "pack", "--pack-destination", `${cache}/tarballs`], root);
  const files = await readdir(`${cache}/tarballs`);
  if (files.length !== built.length + 1)
    throw new Error(`pnpm pack made ${files.join(", ")} of core and ${built.join(", ")}.`);
  const manifest = JSON.stringify({ name: "home", private: true, type: "module" });
  await writeFile(`${tarballHome}/package.json`, manifest);
  await writeFile(`${registryHome}/package.json`, manifest);
  await writeFile(`${tarballHome}/load.mjs`, "export const load = (name) => import(name);\n");
  await npm(["install", ...files.map((file) => `${cache}/tarballs/${file}`), ...further], tarballHome);
}

/**
 * Packs what an agent's tools consist of, the connectors' included, and installs it in a folder of its own, because the other
 * measurements are of what a user has without it. Returns the file from which its packages are resolved.
 */
export async function installAgents(providers: readonly string[]): Promise<string> {
  const home = `${cache}/agents`;
  await mkdir(`${home}/tarballs`, { recursive: true });
  const names = ["core", "testing", "mcp", ...providers];
  const filters = names.flatMap((name) => ["--filter", `@connectry/${name}`]);
  await run("npx", ["-y", "pnpm@12", ...filters, "pack", "--pack-destination", `${home}/tarballs`], root);
  await writeFile(`${home}/package.json`, JSON.stringify({ name: "home", private: true, type: "module" }));
  const files = await readdir(`${home}/tarballs`);
  await npm(["install", ...files.map((file) => `${home}/tarballs/${file}`)], home);
  return `${home}/package.json`;
}
