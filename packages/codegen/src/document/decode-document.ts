import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { CodegenError } from "../codegen-error.js";
import { maxDocumentBytes, tooLarge } from "../source/document-limit.js";
import { decodeText } from "../text/decode-text.js";

const unzip = promisify(gunzip);

/** The text of a document's verified bytes; those of a source that ends in .gz are unpacked first, up to the limit. */
export async function decodeDocument(
  bytes: Uint8Array,
  origin: string,
  limit: number = maxDocumentBytes,
): Promise<string> {
  return decodeText(origin.endsWith(".gz") ? await unpack(bytes, origin, limit) : bytes, origin);
}

async function unpack(bytes: Uint8Array, origin: string, limit: number): Promise<Uint8Array> {
  try {
    return await unzip(bytes, { maxOutputLength: limit });
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE")
      throw tooLarge(`${origin}, unpacked,`, limit);
    throw new CodegenError(`${origin} ends in .gz but is not gzip data.`, [], { cause });
  }
}
