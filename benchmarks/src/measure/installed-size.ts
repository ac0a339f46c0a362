import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { npm } from "../installed/run.ts";
import { scratch, tarballsOf } from "../installed/tarballs.ts";
import { lockedVersion } from "../installed/versions.ts";
import { bytes, figure, times } from "../report/format.ts";
import type { Bench } from "../report/section.ts";
import { type Entry, roll } from "../subjects/roll.ts";
import { rowsOf } from "../subjects/rows.ts";
import { slug } from "../subjects/subject.ts";
import { inParallel } from "./in-parallel.ts";

interface Size {
  readonly bytes: number;
  readonly packages: number;
}

/** The bytes of all files in a folder, without npm's list of what it installed. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== ".package-lock.json");
  const sizes = await Promise.all(files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function install({ subject, role, group }: Entry): Promise<Size> {
  const folder = `${scratch}/size/${slug(subject)}`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/package.json`, JSON.stringify({ name: "empty", private: true }));
  const registry = () => Promise.all(subject.packages.map(async (name) => `${name}@${await lockedVersion(name)}`));
  await npm(["install", ...(role === "ours" ? await tarballsOf(group) : await registry())], folder);
  const lock = JSON.parse(await readFile(`${folder}/package-lock.json`, "utf8")) as { packages: object };
  const size = { bytes: await bytesIn(`${folder}/node_modules`), packages: Object.keys(lock.packages).length - 1 };
  await rm(folder, { recursive: true, force: true });
  return size;
}

/** How many bytes an installation adds to node_modules. */
export const installedSize: Bench = {
  name: "size",
  async run() {
    const entries = roll({ openapiFetch: "once" });
    const measured = await inParallel(
      entries.filter(({ absent }) => !absent),
      install,
    );
    return {
      title: "Installed size",
      how: "`npm install` of the one package into an empty folder: from the registry, ours from its tarballs (its own and the core's). The sum of all files, types included. Ratio against ours of the same provider (of Stripe for clients that know none).",
      columns: ["bytes", "packages", "ratio"],
      rows: rowsOf(entries, measured, {
        targets: [],
        content: (_, [size], own) => ({
          cells: [
            bytes((size as Size).bytes),
            figure((size as Size).packages),
            own?.[0] === undefined ? "" : times((size as Size).bytes / own[0].bytes),
          ],
          goals: [],
        }),
      }),
    };
  },
};
