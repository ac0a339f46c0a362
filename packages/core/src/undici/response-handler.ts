import type { Dispatcher } from "undici";
import type { Call } from "../pipeline/call.js";
import { createDecoders, type Decoders, parseContentEncoding } from "../transport/decoders.js";
import type { TransportResponse } from "../transport/transport.js";

type Controller = Dispatcher.DispatchController;

/** Header values as in `fetch`: one character for each byte. Some versions of undici decode them as UTF-8. */
function toHeaders(fields: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const name in fields) {
    for (const value of [fields[name] ?? []].flat()) {
      headers.append(name, /[^\0-\xff]/.test(value) ? Buffer.from(value).toString("latin1") : value);
    }
  }
  return headers;
}

/** Receives one response from undici, and decodes its body: up to the size cap, or as a stream. */
export class ResponseHandler implements Dispatcher.DispatchHandler {
  readonly #call: Call;
  readonly #resolve: (response: TransportResponse) => void;
  readonly #reject: (error: unknown) => void;
  #request: Controller | undefined;
  #response: Omit<TransportResponse, "body"> | undefined;
  #encodings: readonly string[] = [];
  #decoders: Decoders | undefined;
  /** Set where the body is passed on as a stream. */
  #stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  readonly #chunks: Uint8Array[] = [];
  #length = 0;
  #over = false;

  constructor(call: Call, resolve: (response: TransportResponse) => void, reject: (error: unknown) => void) {
    this.#call = call;
    this.#resolve = resolve;
    this.#reject = reject;
    call.signal.addEventListener("abort", this.#onAbort);
  }

  onRequestStart(request: Controller): void {
    this.#request = request;
    // The call was aborted while the request waited for a connection.
    if (this.#over) request.abort(new Error("aborted"));
  }

  onResponseStart(
    request: Controller,
    status: number,
    ...[fields, statusText]: [fields: Record<string, string | string[] | undefined>, statusText?: string]
  ): void {
    // Informational responses, such as 103, precede the response.
    if (status < 200) return;
    const headers = toHeaders(fields);
    this.#response = { status, statusText, headers };
    const { operation, settings } = this.#call;
    if (operation.method === "HEAD" || [204, 205, 304].includes(status)) {
      this.#resolve({ ...this.#response, body: null });
      return;
    }
    this.#encodings = parseContentEncoding(headers.get("content-encoding"));
    // The body of a redirect is not needed, so the call must not wait for it.
    const stream = settings.stream || (status >= 300 && status < 400);
    if (stream) this.#resolve({ ...this.#response, body: this.#open(request) });
  }

  onResponseData(request: Controller, chunk: Uint8Array): void {
    // After a pause, the parser of undici begins with an empty chunk.
    if (this.#over || chunk.length === 0) return;
    if (this.#encodings.length === 0) this.#take(chunk, request);
    else {
      this.#decoders ??= this.#decode(request, chunk);
      if (!this.#decoders.input.write(chunk)) request.pause();
    }
  }

  onResponseEnd(): void {
    if (this.#decoders) this.#decoders.input.end();
    else this.#finish();
  }

  onResponseError(_: Controller, error: unknown): void {
    this.#fail(error);
  }

  #decode(request: Controller, first: Uint8Array): Decoders {
    const decoders = createDecoders(this.#encodings, first);
    const { input, output } = decoders;
    input.on("drain", () => request.resume());
    output.on("data", (chunk: Uint8Array) => this.#take(chunk, output));
    output.on("end", () => this.#finish());
    output.on("error", (error) => this.#fail(error));
    return decoders;
  }

  #open(request: Controller): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#stream = controller;
      },
      pull: () => void (this.#decoders?.output ?? request).resume(),
      cancel: () => this.#end(),
    });
  }

  /** Takes a chunk of the decoded body, and pauses `source` where the reader of the stream is slower. */
  #take(chunk: Uint8Array, source: { pause(): void }): void {
    if (this.#over) return;
    if (this.#stream) {
      this.#stream.enqueue(new Uint8Array(chunk));
      if ((this.#stream.desiredSize ?? 0) <= 0) source.pause();
      return;
    }
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length > this.#call.settings.maxResponseBytes) {
      this.#resolve({ ...(this.#response as TransportResponse), body: this.#chunks });
      this.#end();
    }
  }

  #finish(): void {
    if (this.#over) return;
    this.#settle();
    if (this.#stream) this.#stream.close();
    else this.#resolve({ ...(this.#response as TransportResponse), body: this.#chunks });
  }

  readonly #onAbort = (): void => this.#fail(this.#call.signal.reason);

  #fail(error: unknown): void {
    if (this.#over) return;
    if (this.#stream) this.#stream.error(error);
    this.#reject(error);
    this.#end();
  }

  /** Ends the request and the decoders: nothing more of the response is needed. */
  #end(): void {
    if (this.#over) return;
    this.#settle();
    this.#decoders?.input.destroy();
    this.#decoders?.output.destroy();
    this.#request?.abort(new Error("aborted"));
  }

  #settle(): void {
    this.#over = true;
    this.#call.signal.removeEventListener("abort", this.#onAbort);
  }
}
