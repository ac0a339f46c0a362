import { isBytes } from "../platform/bytes.js";
import { leaveUnread } from "../platform/leave-unread.js";
import { utf8Encoder } from "../platform/utf8.js";
import { type BodySource, isReopenable, type Reopenable, type ReopenableOptions } from "./reopenable.js";

/** A part of a body: bytes, or what is read when it is reached. */
export type Part = Uint8Array | Blob | Reopenable;

interface PartReader {
  /** The next chunk; undefined at the end. */
  read(): Promise<unknown>;
  /** Closes the source, although it may be being read. */
  close(): void;
}

function readerOf(source: BodySource): PartReader {
  if ("getReader" in source) {
    const reader = source.getReader();
    return {
      read: async () => (await reader.read()).value,
      close: () => leaveUnread(reader),
    };
  }
  const iterator = source[Symbol.asyncIterator]();
  const { destroy } = source as { readonly destroy?: () => void };
  return {
    async read() {
      const { done, value } = await iterator.next();
      return done ? undefined : value;
    },
    // The iterator of a stream of Node would first wait for its next chunk.
    close: () => (destroy ? destroy.call(source) : void iterator.return?.().catch(() => {})),
  };
}

/** A chunk as bytes: text is encoded as UTF-8. Throws TypeError for anything else. */
export function toBytes(chunk: unknown): Uint8Array {
  if (typeof chunk === "string") return utf8Encoder().encode(chunk);
  if (isBytes(chunk)) return chunk;
  throw new TypeError(`a body consists of bytes, and not of ${chunk === null ? "null" : `a ${typeof chunk}`}`);
}

/**
 * Reads a source, and checks its size. Each chunk is passed on when the next is there, the last at the end: a request whose body
 * has another size is never complete, so that no server can take it for whole.
 */
async function* readChecked(reader: PartReader, { size, name }: ReopenableOptions): AsyncGenerator<Uint8Array> {
  const file = name === undefined ? "it" : JSON.stringify(name);
  let bytes = 0;
  let last: Uint8Array | undefined;
  for (let chunk = await reader.read(); chunk !== undefined; chunk = await reader.read()) {
    const next = toBytes(chunk);
    bytes += next.length;
    if (bytes > (size ?? Infinity)) throw new Error(`${file} has more than the ${size} bytes of its \`size\``);
    if (last?.length) yield last;
    last = next;
  }
  if (bytes < (size ?? 0)) throw new Error(`${file} has ${bytes} bytes, and not the ${size} of its \`size\``);
  if (last?.length) yield last;
}

/** The bytes of parts, one after another. Each is opened when it is reached, and closed at its end, on an error or a cancel. */
export function readParts(parts: readonly Part[]): ReadableStream<Uint8Array> {
  let isCancelled = false;
  let close = () => {};
  async function* readAll(): AsyncGenerator<Uint8Array> {
    for (const part of parts) {
      if (isBytes(part)) yield part;
      else {
        const reader = readerOf(isReopenable(part) ? await part.open() : part.stream());
        close = reader.close;
        try {
          // It may have taken a while to open.
          if (!isCancelled) yield* readChecked(reader, isReopenable(part) ? part : { size: part.size });
        } finally {
          close();
        }
      }
    }
  }
  const chunks = readAll();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel() {
        isCancelled = true;
        close();
        // Returns where it is between two chunks; otherwise closing the source has ended it.
        void chunks.return(undefined).catch(() => {});
      },
    },
    { highWaterMark: 0 },
  );
}
