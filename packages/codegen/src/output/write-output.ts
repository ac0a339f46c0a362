import { randomUUID } from "node:crypto";
import { copyFile, link, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { CodegenError } from "../errors/codegen-error.js";
import { showPath } from "../text/show-path.js";
import { generatedMark } from "./generated-mark.js";

/** How many files were written and removed. */
export interface OutputChange {
  readonly written: number;
  readonly removed: number;
}

/**
 * Makes a folder contain exactly these files. They are written to a new folder that replaces it in the end, so a
 * failure leaves the folder as it was. An unchanged file stays the same file, with its modification time.
 * @throws CodegenError if the folder contains a file that was not generated, or cannot be written.
 */
export async function writeOutput(folder: string, files: ReadonlyMap<string, string>): Promise<OutputChange> {
  for (const [path, text] of files) {
    if (isAbsolute(path) || path.split(/[\\/]/).includes(".."))
      throw new Error(`a generated file has a path outside of its folder: ${path}`);
    // Without the mark, the next run would take the file for one of the user's.
    if (!text.startsWith(generatedMark)) throw new Error(`a generated file does not start with its mark: ${path}`);
  }
  const old = await readGenerated(folder);
  const changed = [...files].filter(([path, text]) => old.get(path) !== text);
  const removed = [...old.keys()].filter((path) => !files.has(path));
  if (changed.length === 0 && removed.length === 0) return { written: 0, removed: 0 };

  // In the parent folder, so that a rename is enough; with a dot, so that compilers ignore them.
  const siblingOf = (suffix: string) => join(dirname(folder), `.${basename(folder)}.${suffix}-${randomUUID()}`);
  const next = siblingOf("next");
  const backup = siblingOf("backup");
  try {
    for (const [path, text] of files) {
      await mkdir(dirname(join(next, path)), { recursive: true });
      if (old.get(path) === text) await linkOrCopy(join(folder, path), join(next, path));
      else await writeFile(join(next, path), text);
    }
    await replaceFolder(folder, next, backup);
  } catch (cause) {
    if (cause instanceof CodegenError) throw cause;
    throw new CodegenError(
      `The output ${showPath(folder)} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
      [],
      { cause },
    );
  } finally {
    await rm(next, { recursive: true, force: true });
    await rm(backup, { recursive: true, force: true });
  }
  return { written: changed.length, removed: removed.length };
}

/** Moves `folder` to `backup`, if it exists, and `next` to `folder`. A failure of the latter undoes the former. */
async function replaceFolder(folder: string, next: string, backup: string): Promise<void> {
  const existed = await exists(folder);
  if (existed) await rename(folder, backup);
  try {
    await rename(next, folder);
  } catch (error) {
    if (existed) await rename(backup, folder);
    throw error;
  }
}

/**
 * The generated files of a folder, by their path in it, and their texts.
 * @throws CodegenError if the folder contains another file, because that would be deleted.
 */
export async function readGenerated(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  if (!(await exists(folder))) return files;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isDirectory()) continue;
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/");
    const text = entry.isFile() ? await readFile(join(folder, path), "utf8") : "";
    if (!text.startsWith(generatedMark)) {
      throw new CodegenError(`The output ${showPath(folder)} contains ${path}, which connectry did not write.`, [
        "`output` must be a folder for generated files alone, because any other file would be deleted.",
        "Move the file, or set `output` to another folder.",
      ]);
    }
    files.set(path, text);
  }
  return files;
}

/** Links a file to a second path, or copies it with its modification time if the file system has no hard links. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch {
    const { atime, mtime } = await stat(from);
    await copyFile(from, to);
    await utimes(to, atime, mtime);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
