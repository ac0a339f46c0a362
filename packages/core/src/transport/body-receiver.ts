import type { Call } from "../pipeline/call.js";
import { createDecoders, type Decoders, parseContentEncoding } from "./decoders.js";
import type { TransportResponse } from "./transport.js";

/** What a receiver may do with the connection that its response arrives on. */
export interface ResponseSource {
  pause(): void;
  resume(): void;
  /** Nothing more of the response is needed. */
  abort(): void;
}

/** How the request of a receiver ends: with a response, or with the error that came instead. */
export interface Outcome {
  resolve(response: TransportResponse): void;
  reject(error: unknown): void;
}

type ResponseHead = Omit<TransportResponse, "body">;

/** Receives one response as it arrives from the network, and decodes its body: up to the size cap, or as a stream. */
export class BodyReceiver {
  readonly #call: Call;
  readonly #source: ResponseSource;
  readonly #outcome: Outcome;
  #response: ResponseHead | undefined;
  #encodings: readonly string[] = [];
  #decoders: Decoders | undefined;
  /** Set where the body is passed on as a stream. */
  #stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  readonly #chunks: Uint8Array[] = [];
  #length = 0;
  #isOver = false;

  constructor(call: Call, source: ResponseSource, outcome: Outcome) {
    this.#call = call;
    this.#source = source;
    this.#outcome = outcome;
    // The abort may have come while what the transport needs was loaded.
    if (call.signal.aborted) this.#onAbort();
    else call.signal.addEventListener("abort", this.#onAbort);
  }

  /** Whether the call needs nothing more: its response is complete, or it has failed. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** The final response begins; informational ones, such as 103, are not passed on. */
  start(response: ResponseHead): void {
    if (this.#isOver) return;
    this.#response = response;
    const { status, headers } = response;
    const { operation, settings } = this.#call;
    if (operation.method === "HEAD" || [204, 205, 304].includes(status)) {
      this.#resolve(null);
      return;
    }
    try {
      this.#encodings = parseContentEncoding(headers.get("content-encoding"));
    } catch (error) {
      this.fail(error);
      return;
    }
    // The body of a redirect is not needed, so the call must not wait for it.
    const isStream = settings.stream || (status >= 300 && status < 400);
    if (isStream) this.#resolve(this.#open());
  }

  data(chunk: Uint8Array): void {
    // After a pause, the parser of undici begins with an empty chunk.
    if (this.#isOver || chunk.length === 0) return;
    if (this.#encodings.length === 0) this.#take(chunk, this.#source);
    else {
      this.#decoders ??= this.#decode(chunk);
      if (!this.#decoders.input.write(chunk)) this.#source.pause();
    }
  }

  end(): void {
    if (this.#decoders) this.#decoders.input.end();
    else this.#finish();
  }

  fail(error: unknown): void {
    if (this.#isOver) return;
    this.#stream?.error(error);
    this.#outcome.reject(error);
    this.#abort();
  }

  #resolve(body: TransportResponse["body"]): void {
    const { status, statusText, headers } = this.#response as ResponseHead;
    this.#outcome.resolve({ status, statusText, headers, body });
  }

  #decode(first: Uint8Array): Decoders {
    const decoders = createDecoders(this.#encodings, first);
    const { input, output } = decoders;
    input.on("drain", () => this.#source.resume());
    output.on("data", (chunk: Uint8Array) => this.#take(chunk, output));
    output.on("end", () => this.#finish());
    output.on("error", (error) => this.fail(error));
    return decoders;
  }

  #open(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#stream = controller;
      },
      pull: () => void (this.#decoders?.output ?? this.#source).resume(),
      cancel: () => this.#abort(),
    });
  }

  /** Takes a chunk of the decoded body, and pauses `source` where the reader of the stream is slower. */
  #take(chunk: Uint8Array, source: { pause(): void }): void {
    if (this.#isOver) return;
    if (this.#stream) {
      this.#stream.enqueue(new Uint8Array(chunk));
      if ((this.#stream.desiredSize ?? 0) <= 0) source.pause();
      return;
    }
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length > this.#call.settings.maxResponseBytes) {
      this.#resolve(this.#chunks);
      this.#abort();
    }
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#settle();
    if (this.#stream) this.#stream.close();
    else this.#resolve(this.#chunks);
  }

  readonly #onAbort = (): void => this.fail(this.#call.signal.reason);

  #abort(): void {
    if (this.#isOver) return;
    this.#settle();
    this.#decoders?.input.destroy();
    this.#decoders?.output.destroy();
    this.#source.abort();
  }

  #settle(): void {
    this.#isOver = true;
    this.#call.signal.removeEventListener("abort", this.#onAbort);
  }
}
