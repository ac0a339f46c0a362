import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { CodegenError } from "../errors/codegen-error.js";
import { showPath } from "../text/show-path.js";

/** The text that each file will have; undefined for a file that will be removed. */
export type FileChanges = ReadonlyMap<string, string | undefined>;

/**
 * Changes all of the files, or none: every text is written to a temporary file first, and after a failure the files
 * that were already replaced are restored. Returns the files that changed.
 * @throws CodegenError if a file cannot be read, written or removed.
 */
export async function writeTogether(changes: FileChanges): Promise<readonly string[]> {
  const before = new Map<string, Buffer | undefined>();
  for (const file of changes.keys()) before.set(file, await readIfExists(file));
  const changed = [...changes].filter(([file, text]) => before.get(file)?.toString("utf8") !== text);
  const drafts = new Map<string, string>();
  const folders: string[] = [];
  const done: string[] = [];
  let current = "";
  try {
    for (const [file, text] of changed) {
      current = file;
      if (text === undefined) continue;
      folders.push(...(await makeFolders(dirname(file))));
      const draft = `${file}.${randomUUID()}`;
      drafts.set(file, draft);
      await writeFile(draft, text);
    }
    for (const [file] of changed) {
      current = file;
      const draft = drafts.get(file);
      if (draft === undefined) await rm(file, { force: true });
      else await rename(draft, file);
      done.push(file);
    }
  } catch (cause) {
    for (const draft of drafts.values()) await rm(draft, { force: true });
    for (const file of done) await restore(file, before.get(file));
    for (const folder of folders.reverse()) await rmdir(folder).catch(() => {});
    throw new CodegenError(
      `${showPath(current)} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}. Nothing was changed.`,
      [],
      { cause },
    );
  }
  return done;
}

async function restore(file: string, bytes: Buffer | undefined): Promise<void> {
  if (bytes === undefined) await rm(file, { force: true });
  else await writeFile(file, bytes);
}

/** Makes a folder and its parents; returns those that did not exist, the outermost first. */
async function makeFolders(folder: string): Promise<string[]> {
  const first = await mkdir(folder, { recursive: true });
  const made: string[] = [];
  for (let path = folder; first !== undefined && path.length >= first.length; path = dirname(path)) made.unshift(path);
  return made;
}

async function readIfExists(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    // A parent folder is a file: writing will report it.
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR") return undefined;
    throw new CodegenError(
      `${showPath(file)} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}
