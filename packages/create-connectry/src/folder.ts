import { existsSync, readdirSync, statSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/** Why no project can be created in a folder; undefined if one can. */
export function folderProblem(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  if (!statSync(folder).isDirectory()) return `${folder} is a file.`;
  // What a new repository has.
  const others = readdirSync(folder).filter((name) => name !== ".git");
  return others.length === 0 ? undefined : `${folder} is not empty: choose another folder.`;
}

/** A name for package.json, from the name of the folder. */
export function packageNameOf(folder: string): string {
  const name = basename(resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9~-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return name || "my-integrations";
}

/** Writes the files of a project. */
export async function writeFiles(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    // No file that has appeared in the meantime is replaced.
    await writeFile(join(folder, path), text, { flag: "wx" });
  }
}
