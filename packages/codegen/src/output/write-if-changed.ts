import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { CodegenError } from "../codegen-error.js";
import { showPath } from "../text/show-path.js";

/** Writes a whole file at once, and not at all where it says the same already. Tells whether it was written. */
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
