import { CodegenError } from "../errors/codegen-error.js";
import { readRegularFile } from "../text/read-regular-file.js";
import { showPath } from "../text/show-path.js";
import { maxDocumentBytes } from "./document-limit.js";

/**
 * Reads a document from a local file.
 * @throws CodegenError if the file does not exist, is not a regular file, cannot be read, or is too large.
 */
export async function readFromFile(path: string): Promise<Buffer> {
  try {
    return await readRegularFile(path, maxDocumentBytes);
  } catch (cause) {
    throw new CodegenError(`The document ${showPath(path)} ${(cause as Error).message}.`, [], { cause });
  }
}
