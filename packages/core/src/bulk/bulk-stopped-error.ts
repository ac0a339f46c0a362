import { ConnectryError } from "../errors/connectry-error.js";

/** So many items failed that no further ones were begun. The outcomes of all that were begun came before it. */
export class BulkStoppedError extends ConnectryError {
  static override readonly kind: string = "BulkStoppedError";
  declare readonly name: "BulkStoppedError";
  readonly failed: number;

  constructor(failed: number, cause: unknown) {
    super(`bulk: stopped after ${failed} failures (stopAfter). See \`cause\` for the last one.`, { cause });
    this.failed = failed;
  }
}
