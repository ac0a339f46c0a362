import { CodegenError } from "../errors/codegen-error.js";

/** The maximum size of a document, compressed or not. GitHub's, the largest that we know, has 13 MB. */
export const maxDocumentBytes = 256 * 1024 * 1024;

/** Collects the chunks of a document in memory, and drops them once they exceed the limit. */
export class DocumentBuffer {
  readonly #maxBytes: number;
  #chunks: Uint8Array[] = [];
  #bytes = 0;

  constructor(maxBytes: number = maxDocumentBytes) {
    this.#maxBytes = maxBytes;
  }

  get isTooLarge(): boolean {
    return this.#bytes > this.#maxBytes;
  }

  add(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    if (this.isTooLarge) this.#chunks = [];
    else this.#chunks.push(chunk);
  }

  /** The document, or the error that it is too large; `name` is the name of the document in the message. */
  result(name: string): Buffer | CodegenError {
    return this.isTooLarge ? tooLargeError(name, this.#maxBytes) : Buffer.concat(this.#chunks);
  }
}

/** The error for a document that exceeds the limit. */
export function tooLargeError(name: string, maxBytes: number = maxDocumentBytes): CodegenError {
  return new CodegenError(`${name} is larger than ${maxBytes / 1024 / 1024} MB, the maximum size of a document.`);
}
