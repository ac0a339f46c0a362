import { readFile, stat } from "node:fs/promises";
import { CodegenError } from "../errors/codegen-error.js";
import { showPath } from "../text/show-path.js";
import { maxDocumentBytes, tooLargeError } from "./document-limit.js";

/**
 * Reads a document from a local file.
 * @throws CodegenError if the file does not exist, cannot be read, or is too large.
 */
export async function readFromFile(path: string): Promise<Buffer> {
  try {
    if ((await stat(path)).size > maxDocumentBytes) throw tooLargeError(showPath(path));
    return await readFile(path);
  } catch (error) {
    if (error instanceof CodegenError) throw error;
    const code = error !== null && typeof error === "object" && "code" in error ? error.code : undefined;
    const reason =
      code === "ENOENT"
        ? "does not exist"
        : code === "EISDIR"
          ? "is a folder, not a file"
          : `cannot be read (${String(code)})`;
    throw new CodegenError(`The document ${showPath(path)} ${reason}.`, [], { cause: error });
  }
}
