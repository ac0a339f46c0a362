import { ConfigurationError } from "../errors/connectry-error.js";
import { type BodySource, type Reopenable, reopenable } from "../upload/reopenable.js";

/** A file that can be read from any byte, as often as needed, such as `createReadStream(path, { start, end: end - 1 })`. */
export interface UploadSource {
  /** Its length in bytes. */
  readonly size: number;
  /** Its bytes from `start` to before `end`. */
  open(start: number, end: number): BodySource | Promise<BodySource>;
}

/** Any file as a source. Throws ConfigurationError for one without a size. */
export function toSource(file: Blob | UploadSource): UploadSource {
  if (file instanceof Blob) return { size: file.size, open: (start, end) => file.slice(start, end).stream() };
  if (Number.isSafeInteger(file.size) && file.size >= 0) return file;
  throw new ConfigurationError(`uploadInSession: \`file.size\` must be a number of bytes, got ${String(file.size)}.`);
}

/** A part of a source as a body, which is opened anew by each attempt. */
export function slice(source: UploadSource, start: number, end: number): Reopenable {
  return reopenable(() => source.open(start, end), { size: end - start, type: "application/octet-stream" });
}
