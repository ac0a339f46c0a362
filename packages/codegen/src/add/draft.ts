import type { LoadedDocument } from "../document/loaded-document.js";
import type { ApiOperation } from "../generate/operations/api-operation.js";

/** What readers look at: the document, and every operation of it. */
export interface DraftInput {
  readonly id: string;
  readonly document: LoadedDocument;
  readonly operations: readonly ApiOperation[];
}

/** What a reader found in the document. */
export interface Reading<T> {
  /** The fact; where the document tells none, a stand-in that compiles and that `open` is about. */
  readonly value: T;
  /** Sentences on what the document leaves open; they become marked lines above the field. */
  readonly open: readonly string[];
}

/** One field of a profile that is being written. */
export interface DraftField {
  readonly name: string;
  readonly value: unknown;
  readonly open: readonly string[];
}

/** What a marked line begins with: what is left to somebody who knows the provider. */
export const MARK = "TODO:";
