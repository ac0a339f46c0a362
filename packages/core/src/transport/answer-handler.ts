import type { Dispatcher } from "undici";
import type { Call } from "../pipeline/call.js";
import { createDecoders, type Decoders, parseContentEncoding } from "./decoders.js";
import type { Answer } from "./transport.js";

type Controller = Dispatcher.DispatchController;

/** Header values as `fetch` has them: one byte, one character. Some versions of undici read UTF-8 instead. */
function toHeaders(fields: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const name in fields) {
    for (const value of [fields[name] ?? []].flat()) {
      headers.append(name, /[^\0-\xff]/.test(value) ? Buffer.from(value).toString("latin1") : value);
    }
  }
  return headers;
}

/** Takes one answer from undici as it comes: its body decoded, whole under the cap or as a stream. */
export class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly #call: Call;
  readonly #resolve: (answer: Answer) => void;
  readonly #reject: (error: unknown) => void;
  #request: Controller | undefined;
  #answer: Omit<Answer, "body"> | undefined;
  #encodings: readonly string[] = [];
  #decoders: Decoders | undefined;
  /** Set where the body is handed on as it comes. */
  #stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  readonly #chunks: Uint8Array[] = [];
  #length = 0;
  #over = false;

  constructor(call: Call, resolve: (answer: Answer) => void, reject: (error: unknown) => void) {
    this.#call = call;
    this.#resolve = resolve;
    this.#reject = reject;
    call.signal.addEventListener("abort", this.#onAbort);
  }

  onRequestStart(request: Controller): void {
    this.#request = request;
    // Its turn came too late.
    if (this.#over) request.abort(new Error("aborted"));
  }

  onResponseStart(request: Controller, status: number, fields: Record<string, string | string[] | undefined>): void {
    // 103 and the like come before the answer.
    if (status < 200) return;
    const headers = toHeaders(fields);
    this.#answer = { status, headers };
    const { operation, settings } = this.#call;
    if (operation.method === "HEAD" || [204, 205, 304].includes(status)) {
      this.#resolve({ ...this.#answer, body: null });
      return;
    }
    this.#encodings = parseContentEncoding(headers.get("content-encoding"));
    // The body of a redirect is not of interest, and must not be waited for.
    const stream = settings.stream || (status >= 300 && status < 400);
    if (stream) this.#resolve({ ...this.#answer, body: this.#open(request) });
  }

  onResponseData(request: Controller, chunk: Uint8Array): void {
    // After a pause, the parser of undici begins with nothing.
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

  /** A chunk of the decoded body, and what to hold back where it comes too fast. */
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
      this.#resolve({ ...(this.#answer as Answer), body: this.#chunks });
      this.#end();
    }
  }

  #finish(): void {
    if (this.#over) return;
    this.#settle();
    if (this.#stream) this.#stream.close();
    else this.#resolve({ ...(this.#answer as Answer), body: this.#chunks });
  }

  readonly #onAbort = (): void => this.#fail(this.#call.signal.reason);

  #fail(error: unknown): void {
    if (this.#over) return;
    if (this.#stream) this.#stream.error(error);
    this.#reject(error);
    this.#end();
  }

  /** Nothing more is wanted: what still runs is ended. */
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
