import type { LoadedDocument } from "../document/loaded-document.js";
import type { ApiOperation } from "../generate/operations/api-operation.js";

/** What a profile is drafted from: the document, and all its operations. */
export interface DraftInput {
  readonly id: string;
  readonly document: LoadedDocument;
  readonly operations: readonly ApiOperation[];
}

/** A value for a field of a profile, as read from the document. */
export interface Drafted<T> {
  /** The value; where the document does not have it, a placeholder that compiles, with a TODO. */
  readonly value: T;
  /** Sentences about what the document does not say. They become TODO comments above the field. */
  readonly todos: readonly string[];
}

/** One field of a drafted profile. */
export interface DraftField extends Drafted<unknown> {
  readonly name: string;
}

/** The start of each line that a person who knows the provider has to complete. */
export const TODO_MARKER = "TODO:";
