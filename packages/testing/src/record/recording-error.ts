import { ConnectryError } from "@connectry/core";

/** A request that was not recorded, or a recording that was not used. It is never retried. */
export class RecordingError extends ConnectryError {
  static override readonly kind: string = "RecordingError";
  declare readonly name: "RecordingError";
}
