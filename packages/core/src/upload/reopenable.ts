const brand: unique symbol = Symbol.for("connectry.reopenable");

/** What a body is read from: a web stream, a stream of Node, or anything that is iterated over asynchronously. */
export type BodySource = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string>;

/** What is known of a body before it is opened. */
export interface ReopenableOptions {
  /**
   * Its length in bytes, which is sent as `content-length`. A body that turns out to be longer or shorter is an error, and the
   * request stays incomplete. @default unknown
   */
  readonly size?: number | undefined;
  /** Its media type. @default none; in a form, `application/octet-stream` */
  readonly type?: string | undefined;
  /** Its file name in a form. @default the name of the field */
  readonly name?: string | undefined;
}

/** A body, or a file of a form, that is opened anew by each attempt and never held in memory. */
export interface Reopenable extends ReopenableOptions {
  readonly [brand]: true;
  open(): BodySource | Promise<BodySource>;
}

/** Whether a value was made by `reopenable`, of this or another copy of this package. */
export function isReopenable(value: unknown): value is Reopenable {
  return (value as Partial<Reopenable> | null | undefined)?.[brand] === true;
}

function rejectText(): never {
  throw new TypeError("a reopenable body has no text: pass it as `body`, or as a field of a multipart `body`");
}

/**
 * A body that can be opened again, such as a file: `reopenable(() => createReadStream(path), { size })`. Each attempt and each
 * redirect sends it from its beginning. It is a `body`, or a field of a multipart `body`. Throws TypeError for a `size` that is not
 * a count of bytes.
 */
export function reopenable(
  open: () => BodySource | Promise<BodySource>,
  { size, type, name }: ReopenableOptions = {},
): Reopenable {
  if (size !== undefined && !(Number.isSafeInteger(size) && size >= 0)) {
    throw new TypeError(`size must be a number of bytes, got ${size}`);
  }
  // Where it is put in JSON, in a query or in a FormData, its bytes would be lost without a word.
  return Object.assign(Object.create({ toJSON: rejectText, toString: rejectText }), {
    [brand]: true,
    open,
    size,
    type,
    name,
  });
}
