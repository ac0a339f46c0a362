import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { CodegenError } from "../codegen-error.js";
import { showPath } from "../text/show-path.js";

/** What files shall hold; undefined for one that shall not be there. */
export type FileChanges = ReadonlyMap<string, string | undefined>;

/**
 * Changes several files, or none: every text is written beside its file first, and what was replaced before a failure is
 * put back. Returns the files that were changed.
 */
export async function writeTogether(changes: FileChanges): Promise<readonly string[]> {
  const before = new Map<string, Buffer | undefined>();
  for (const file of changes.keys()) before.set(file, await readIfThere(file));
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
    for (const file of done) await putBack(file, before.get(file));
    for (const folder of folders.reverse()) await rmdir(folder).catch(() => {});
    throw new CodegenError(
      `${showPath(current)} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}. Nothing was changed.`,
      [],
      { cause },
    );
  }
  return done;
}

async function putBack(file: string, bytes: Buffer | undefined): Promise<void> {
  if (bytes === undefined) await rm(file, { force: true });
  else await writeFile(file, bytes);
}

/** Makes a folder and those above it; returns the ones that were not there, the outermost first. */
async function makeFolders(folder: string): Promise<string[]> {
  const first = await mkdir(folder, { recursive: true });
  const made: string[] = [];
  for (let one = folder; first !== undefined && one.length >= first.length; one = dirname(one)) made.unshift(one);
  return made;
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    // A folder above it may be a file: writing will say so.
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR") return undefined;
    throw new CodegenError(
      `${showPath(file)} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}
