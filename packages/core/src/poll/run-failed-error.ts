import { ConnectryError } from "../errors/connectry-error.js";

/** What was started has ended, and failed. */
export class RunFailedError<Data = unknown> extends ConnectryError {
  static override readonly kind: string = "RunFailedError";
  declare readonly name: "RunFailedError";
  /** The id of what was started. */
  readonly id: string;
  /** The last status. */
  readonly data: Data;

  constructor(id: string, data: Data) {
    super(`what was started as ${id} has failed: see \`data\`.`);
    this.id = id;
    this.data = data;
  }
}
