import type { Attempt } from "../pipeline/reply.js";
import { ConnectryError } from "./connectry-error.js";

/** What every failure of a call tells. */
export interface CallErrorInit {
  /** `POST /v1/customers`: goes in front of the message. */
  readonly operation: string;
  readonly attempts?: readonly Attempt[];
  readonly cause?: unknown;
  readonly maybeSent?: boolean | undefined;
}

/** A call that failed after it was accepted: the classes below say how. */
export class CallError<Init extends CallErrorInit = CallErrorInit> extends ConnectryError {
  static override readonly kind: string = "CallError";
  /** `POST /v1/customers`. */
  declare readonly operation: string;
  /** Every attempt that was made, in order; empty where nothing was sent. */
  declare attempts: readonly Attempt[];
  /** No answer came: whether the request can have reached the provider. */
  declare maybeSent?: boolean | undefined;

  /** What `init` says becomes the error's own. */
  constructor(message: string, init: Init) {
    super(`${init.operation}: ${message}`, init);
    Object.assign(this, { attempts: [] }, init);
  }
}
