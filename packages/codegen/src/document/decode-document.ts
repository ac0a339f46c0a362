import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { CodegenError } from "../errors/codegen-error.js";
import { maxDocumentBytes, tooLargeError } from "../source/document-limit.js";
import { decodeText } from "../text/decode-text.js";

const unzip = promisify(gunzip);

/**
 * The text of a document's verified bytes. If `origin` ends in `.gz`, they are decompressed first, to at most `limit`
 * bytes.
 */
export async function decodeDocument(
  bytes: Uint8Array,
  origin: string,
  limit: number = maxDocumentBytes,
): Promise<string> {
  return decodeText(origin.endsWith(".gz") ? await decompress(bytes, origin, limit) : bytes, origin);
}

async function decompress(bytes: Uint8Array, origin: string, limit: number): Promise<Uint8Array> {
  try {
    return await unzip(bytes, { maxOutputLength: limit });
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE")
      throw tooLargeError(`${origin} (decompressed)`, limit);
    throw new CodegenError(`${origin} ends in .gz but is not gzip data.`, [], { cause });
  }
}
