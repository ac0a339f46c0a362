import { execFile } from "node:child_process";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));

/** Packs built packages as a release does, and returns the paths of the tarballs. */
export async function packPackages(names: readonly string[], folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const filters = names.map((name) => `--filter=${name}`);
  await run("npx", ["-y", "pnpm@12.21.0", "--recursive", ...filters, "pack", "--pack-destination", folder], {
    cwd: root,
  });
  const tarballs = (await readdir(folder)).filter((file) => file.endsWith(".tgz"));
  if (tarballs.length !== names.length) throw new Error(`Packed ${tarballs.length} of ${names.length} packages.`);
  return tarballs.map((file) => join(folder, file));
}
