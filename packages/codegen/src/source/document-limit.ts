import { CodegenError } from "../codegen-error.js";

/** The largest document that is read, packed or unpacked. The largest known, GitHub's, has 13 MB. */
export const maxDocumentBytes = 256 * 1024 * 1024;

/** Gathers a document's chunks in memory, and lets go of them past the limit. */
export class DocumentBuffer {
  readonly #limit: number;
  #chunks: Uint8Array[] = [];
  #bytes = 0;

  constructor(limit: number = maxDocumentBytes) {
    this.#limit = limit;
  }

  get isTooLarge(): boolean {
    return this.#bytes > this.#limit;
  }

  add(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    if (this.isTooLarge) this.#chunks = [];
    else this.#chunks.push(chunk);
  }

  /** The document, or the sentence that it is too large. */
  result(name: string): Buffer | CodegenError {
    return this.isTooLarge ? tooLarge(name, this.#limit) : Buffer.concat(this.#chunks);
  }
}

/** The sentence for a document past the limit. */
export function tooLarge(name: string, limit: number = maxDocumentBytes): CodegenError {
  return new CodegenError(
    `${name} is larger than ${limit / 1024 / 1024} MB, more than any API's document. It is not read.`,
  );
}
