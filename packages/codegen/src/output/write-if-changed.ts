import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { CodegenError } from "../errors/codegen-error.js";
import { showPath } from "../text/show-path.js";

/**
 * Writes a file atomically, unless it already has this text. Returns whether it was written.
 * @throws CodegenError if it cannot be written.
 */
export async function writeIfChanged(file: string, text: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  try {
    if ((await readFile(file, "utf8").catch(() => undefined)) === text) return false;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(draft, text);
    await rename(draft, file);
    return true;
  } catch (cause) {
    await rm(draft, { force: true });
    throw new CodegenError(
      `${showPath(file)} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
      [],
      { cause },
    );
  }
}
