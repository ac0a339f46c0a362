import { CodegenError } from "../codegen-error.js";

/** Bytes as UTF-8 text without its byte order mark. Throws where they are something else. */
export function decodeText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CodegenError(`${name} is not UTF-8 text, so it cannot be a JSON or YAML document.`, [], { cause });
  }
}
