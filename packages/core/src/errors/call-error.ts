import type { Attempt } from "../pipeline/reply.js";
import { ConnectryError } from "./connectry-error.js";

/** What every failure of a call tells. */
export interface CallErrorInit {
  /** `POST /v1/customers`. */
  readonly operation: string;
  readonly attempts?: readonly Attempt[];
  readonly cause?: unknown;
}

/** A call that failed after it was accepted: the classes below say how. */
export class CallError extends ConnectryError {
  static override readonly kind: string = "CallError";
  /** `POST /v1/customers`. */
  readonly operation: string;
  /** Every attempt that was made, in order; empty where nothing was sent. */
  attempts: readonly Attempt[];

  constructor(message: string, init: CallErrorInit) {
    super(message, init.cause === undefined ? undefined : { cause: init.cause });
    this.operation = init.operation;
    this.attempts = init.attempts ?? [];
  }
}
