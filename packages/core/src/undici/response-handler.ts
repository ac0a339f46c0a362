import type { Dispatcher } from "undici";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { Call } from "../pipeline/call.js";
import { BodyReceiver, type Outcome } from "../transport/body-receiver.js";
import { NotSentError } from "../transport/not-sent-error.js";
import { type HeaderFields, ReceivedHeaders } from "../transport/received-headers.js";

type Controller = Dispatcher.DispatchController;
const capital = /[A-Z]/;

/** Receives one response from undici. */
export class ResponseHandler implements Dispatcher.DispatchHandler {
  readonly #receiver: BodyReceiver;
  readonly #method: string;
  #request: Controller | undefined;
  /** How many bytes of the body are still to come; NaN where the response does not say how long it is. */
  #leftBytes = Number.NaN;

  constructor(call: Call, outcome: Outcome) {
    this.#method = call.operation.method;
    const source = {
      pause: () => this.#request?.pause(),
      resume: () => this.#request?.resume(),
      abort: () => this.#request?.abort(new Error("aborted")),
    };
    this.#receiver = new BodyReceiver(call, source, outcome);
  }

  /** The interface of undici 6, whose dispatchers would wait for ever. */
  onConnect(): void {
    this.#receiver.fail(new ConfigurationError("undiciTransport: the dispatcher must be of undici 7 or 8."));
  }

  onRequestStart(request: Controller): void {
    this.#request = request;
    // The call was aborted while the request waited for a connection.
    if (this.#receiver.isOver) request.abort(new Error("aborted"));
  }

  onResponseStart(
    _: Controller,
    status: number,
    ...[fields, statusText]: [fields: HeaderFields, statusText?: string]
  ): void {
    // Informational responses, such as 103, precede the response.
    if (status < 200) return;
    const headers = new ReceivedHeaders(fields);
    // An interceptor of the user's may have written them as it likes.
    if (Object.keys(fields).some((name) => capital.test(name))) headers.fill();
    if (this.#method !== "HEAD" && status !== 304)
      this.#leftBytes = Number(headers.get("content-length") ?? Number.NaN);
    this.#receiver.start({ status, statusText, headers });
  }

  onResponseData(_: Controller, chunk: Uint8Array): void {
    this.#leftBytes -= chunk.length;
    this.#receiver.data(chunk);
  }

  onResponseEnd(): void {
    // Over HTTP/2, undici also reports the reset of a stream as its end.
    if (this.#leftBytes > 0) {
      const code = "UND_ERR_RES_CONTENT_LENGTH_MISMATCH";
      this.#receiver.fail(Object.assign(new Error("the body ended before its content length"), { code }));
    } else this.#receiver.end();
  }

  onResponseError(_: Controller, error: unknown): void {
    this.#receiver.fail(this.#request ? error : new NotSentError(error));
  }
}
