import { CallError, type CallErrorInit } from "./call-error.js";

/** What is known of a connection that failed. */
export interface NetworkErrorInit extends CallErrorInit {
  readonly code: string | undefined;
  readonly maybeSent: boolean;
}

/** No answer arrived: the connection was refused, reset or never made. */
export class NetworkError extends CallError<NetworkErrorInit> {
  static override readonly kind: string = "NetworkError";
  declare readonly name: "NetworkError";
  /** The platform's code, such as `ECONNRESET`, where it gives one. */
  declare readonly code: string | undefined;
  /** Whether the request can have reached the provider. `false` is certain: it was never sent. */
  declare maybeSent: boolean;
}
