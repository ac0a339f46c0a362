import { readFile } from "node:fs/promises";
import { providers } from "../subjects.ts";
import { run } from "./run.ts";
import { isBuilt, tarballHome } from "./tarballs.ts";

async function versionIn(modules: string | URL, name: string): Promise<string> {
  const manifest = await readFile(new URL(`${name}/package.json`, modules), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

/** The version of a peer that our lockfile has installed. */
export function lockedVersion(name: string): Promise<string> {
  return versionIn(new URL("../../node_modules/", import.meta.url), name);
}

/** The version of one of our packages, or of what they bring, as installed from the tarballs. */
export function tarballVersion(name: string): Promise<string> {
  return versionIn(new URL(`file://${tarballHome}/node_modules/`), name);
}

/** Which versions were measured, and with what. */
export async function versionLines(): Promise<string[]> {
  const manifest = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")) as {
    devDependencies: Record<string, string>;
  };
  const peers = await Promise.all(
    Object.keys(manifest.devDependencies).map(async (name) => `${name} ${await lockedVersion(name)}`),
  );
  const built = ["core", ...providers.filter(({ id }) => isBuilt(id)).map(({ id }) => id)];
  const mine = await Promise.all(
    built.map(async (id) => `@connectry/${id} ${await tarballVersion(`@connectry/${id}`)}`),
  );
  const commit = (await run("git", ["describe", "--always", "--dirty=, with changes"], tarballHome)).trim();
  return [`Node ${process.versions.node}`, `${mine.join(", ")} (commit ${commit})`, peers.join(", ")];
}

/** A package and its version as package.json of the benchmarks names them: `undici@7.30.2`. */
export async function lockedRange(name: string): Promise<string> {
  const manifest = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")) as {
    devDependencies: Record<string, string>;
  };
  return `${name}@${manifest.devDependencies[name]}`;
}
