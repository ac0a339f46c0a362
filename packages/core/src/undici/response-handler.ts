import type { Dispatcher } from "undici";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { Call } from "../pipeline/call.js";
import { BodyReceiver, type Outcome } from "../transport/body-receiver.js";
import { NotSentError } from "../transport/not-sent-error.js";

type Controller = Dispatcher.DispatchController;
type Fields = Readonly<Record<string, string | string[] | undefined>>;

/** Header values as in `fetch`: one character for each byte. Some versions of undici decode them as UTF-8. */
function toHeaders(fields: Fields): Headers {
  const headers = new Headers();
  for (const name in fields) {
    for (const value of [fields[name] ?? []].flat()) {
      headers.append(name, /[^\0-\xff]/.test(value) ? Buffer.from(value).toString("latin1") : value);
    }
  }
  return headers;
}

/** Receives one response from undici. */
export class ResponseHandler implements Dispatcher.DispatchHandler {
  readonly #receiver: BodyReceiver;
  #request: Controller | undefined;

  constructor(call: Call, outcome: Outcome) {
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

  onResponseStart(_: Controller, status: number, ...[fields, statusText]: [fields: Fields, statusText?: string]): void {
    // Informational responses, such as 103, precede the response.
    if (status >= 200) this.#receiver.start({ status, statusText, headers: toHeaders(fields) });
  }

  onResponseData(_: Controller, chunk: Uint8Array): void {
    this.#receiver.data(chunk);
  }

  onResponseEnd(): void {
    this.#receiver.end();
  }

  onResponseError(_: Controller, error: unknown): void {
    this.#receiver.fail(this.#request ? error : new NotSentError(error));
  }
}
