import type { DataForm } from "./data-form.js";
import type { Allowance } from "./freshness.js";
import type { FrozenData } from "./frozen-data.js";
import type { KeptBody } from "./kept-body.js";
import type { KeptFields } from "./kept-fields.js";

/** Does once for an entry what would else be done for each caller. */
export type Prepare = (entry: Entry) => Entry;

/** An answer as it is kept. */
export interface Entry {
  readonly status: number;
  readonly fields: KeptFields;
  /** What its fields say that callers are given. */
  readonly form: DataForm;
  readonly body: KeptBody;
  /** What the body says, where all callers are given the same. */
  readonly frozen?: FrozenData | undefined;
  /** Bytes of the body. */
  readonly bodyBytes: number;
  /** When the provider last said that this is its answer, by the wall clock. */
  readonly validatedAtMs: number;
  /** How long it took to say so. */
  readonly fetchMs: number;
  /** What the answer itself allows, where its provider's directives are trusted. */
  readonly allowance: Allowance;
  /** Its operation's tag among them. */
  readonly tags: readonly string[];
}
