import { randomUUID } from "node:crypto";
import { copyFile, link, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { CodegenError } from "../codegen-error.js";
import { showPath } from "../text/show-path.js";
import { generatedMark } from "./generated-mark.js";

/** What writing the output changed. */
export interface OutputChange {
  readonly written: number;
  readonly removed: number;
}

/**
 * Makes a folder hold exactly these files, all at once: they are written beside it and take its place in the end, so a
 * failure leaves the folder as it was. An unchanged file stays the same file, with its time. Throws where the folder
 * holds a file that was not generated.
 */
export async function writeOutput(folder: string, files: ReadonlyMap<string, string>): Promise<OutputChange> {
  for (const [path, text] of files) {
    if (isAbsolute(path) || path.split(/[\\/]/).includes(".."))
      throw new Error(`a generated file leaves its folder: ${path}`);
    // Without the mark the next run would take it for somebody's own.
    if (!text.startsWith(generatedMark)) throw new Error(`a generated file does not say that it is one: ${path}`);
  }
  const old = await readGenerated(folder);
  const changed = [...files].filter(([path, text]) => old.get(path) !== text);
  const removed = [...old.keys()].filter((path) => !files.has(path));
  if (changed.length === 0 && removed.length === 0) return { written: 0, removed: 0 };

  // In the same folder, so that a rename is enough; with a dot, so that no compiler looks into it.
  const beside = (kind: string) => join(dirname(folder), `.${basename(folder)}.${kind}-${randomUUID()}`);
  const next = beside("next");
  const last = beside("last");
  try {
    for (const [path, text] of files) {
      await mkdir(dirname(join(next, path)), { recursive: true });
      if (old.get(path) === text) await keep(join(folder, path), join(next, path));
      else await writeFile(join(next, path), text);
    }
    await swap(folder, next, last, old.size > 0 || (await exists(folder)));
  } catch (cause) {
    if (cause instanceof CodegenError) throw cause;
    throw new CodegenError(
      `The output ${showPath(folder)} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
      [],
      { cause },
    );
  } finally {
    await rm(next, { recursive: true, force: true });
    await rm(last, { recursive: true, force: true });
  }
  return { written: changed.length, removed: removed.length };
}

async function swap(folder: string, next: string, last: string, isThere: boolean): Promise<void> {
  if (isThere) await rename(folder, last);
  try {
    await rename(next, folder);
  } catch (error) {
    if (isThere) await rename(last, folder);
    throw error;
  }
}

/** The generated files of a folder and their texts. Throws where there is another among them: it would be lost. */
export async function readGenerated(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  if (!(await exists(folder))) return files;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isDirectory()) continue;
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/");
    const text = entry.isFile() ? await readFile(join(folder, path), "utf8") : "";
    if (!text.startsWith(generatedMark)) {
      throw new CodegenError(`The output ${showPath(folder)} holds ${path}, which connectry did not write.`, [
        "`output` must be a folder of its own: what was not generated would be lost. Move the file, or name another folder.",
      ]);
    }
    files.set(path, text);
  }
  return files;
}

/** The same file in two places; a copy with its time where the file system has no hard links. */
async function keep(from: string, to: string): Promise<void> {
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
