import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256 } from "../source/sha256.js";

/** What decides which bytes the generator writes, besides its own code. */
const libraries = ["openapi-typescript", "typescript", "graphql"];

/**
 * A hash of the generator: of the files of its code, because a checkout changes them without another version, and of the versions of its
 * libraries.
 */
export async function hashGenerator(): Promise<string> {
  const folder = fileURLToPath(new URL("../", import.meta.url));
  const entries = await readdir(folder, { recursive: true });
  const names = entries.filter((name) => /\.[jt]s$/.test(name) && !/\.d\.ts$|\.test(-d)?\.ts$/.test(name)).sort();
  const texts = await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "utf8")]));
  const require = createRequire(import.meta.url);
  const versions = libraries.map((name) => [name, require(`${name}/package.json`).version]);
  return sha256(JSON.stringify([texts, versions]));
}
