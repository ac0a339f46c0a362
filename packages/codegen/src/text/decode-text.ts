import { CodegenError } from "../errors/codegen-error.js";

/**
 * Decodes UTF-8 text and drops its byte order mark; `name` is the name of the file in messages.
 * @throws CodegenError if the bytes are not UTF-8.
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CodegenError(`${name} is not UTF-8 text: a document must be JSON or YAML in UTF-8.`, [], { cause });
  }
}
