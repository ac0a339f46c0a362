import { ConnectryError } from "../errors/connectry-error.js";

/** The claim of an event was lost before it was completed: another delivery of the event may be processed. */
export class ClaimLostError extends ConnectryError {
  static override readonly kind: string = "ClaimLostError";
  declare readonly name: "ClaimLostError";
}
