import { CallError, type CallErrorInit } from "./call-error.js";

/** No answer arrived: the connection was refused, reset or never made. */
export class NetworkError extends CallError {
  static override readonly kind: string = "NetworkError";
  declare readonly name: "NetworkError";
  /** The platform's code, such as `ECONNRESET`, where it gives one. */
  readonly code: string | undefined;
  /** Whether the request can have reached the provider. `false` is certain: it was never sent. */
  readonly maybeSent: boolean;

  constructor(
    message: string,
    init: CallErrorInit & { readonly code: string | undefined; readonly maybeSent: boolean },
  ) {
    super(message, init);
    this.code = init.code;
    this.maybeSent = init.maybeSent;
  }
}
