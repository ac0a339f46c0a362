import type { Body } from "../pipeline/call.js";
import { randomUuid } from "../platform/random.js";
import { encodeParts } from "./encode-parts.js";
import type { Part } from "./read-parts.js";
import { isReopenable, type Reopenable } from "./reopenable.js";

/** A field of a form: text, or a file. Name and type of a file are its own, or else the items after it; text has the type, if any. */
export type FormEntry = readonly [
  name: string,
  value: string | Blob | Reopenable,
  fileName?: string | undefined,
  type?: string | undefined,
];

const withCrlf = (text: string) => text.replace(/\r\n?|\n/g, "\r\n");
const escapeName = (name: string) => name.replaceAll("\n", "%0A").replaceAll("\r", "%0D").replaceAll('"', "%22");

function typeOf({ type }: Blob | Reopenable, declared = "application/octet-stream"): string {
  if (/[^\t\x20-\x7e]/.test(type ?? "")) throw new TypeError(`${JSON.stringify(type)} is not a media type`);
  return type || declared;
}

/** The media type of the whole body. One of related parts names the type of the first, its root (RFC 2387, section 3.1). */
function typeOfAll(multipart: string, [first]: readonly FormEntry[]): string {
  if (first === undefined || !/^multipart\/related$/i.test(multipart)) return multipart;
  const [, value, , declared = "text/plain"] = first;
  return `${multipart}; type="${typeof value === "string" ? declared : typeOf(value, declared)}"`;
}

/**
 * Encodes a form as `multipart/form-data`, or as another type of parts, once: each attempt has the same boundary. Written as
 * https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data says.
 */
export async function encodeForm(entries: readonly FormEntry[], multipart = "multipart/form-data"): Promise<Body> {
  const boundary = `----connectry-${randomUuid()}`;
  const encoder = new TextEncoder();
  const parts: Part[] = [];
  const write = (text: string) => void parts.push(encoder.encode(text));
  for (const [name, value, fieldName = "blob", type] of entries) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(withCrlf(name))}"`;
    if (typeof value === "string")
      write(`${head}${type ? `\r\nContent-Type: ${type}` : ""}\r\n\r\n${withCrlf(value)}\r\n`);
    else {
      const fileName = (value as { readonly name?: string }).name ?? fieldName;
      write(`${head}; filename="${escapeName(fileName)}"\r\nContent-Type: ${typeOf(value, type)}\r\n\r\n`);
      // Named, so that an error says which file it is about.
      parts.push(isReopenable(value) ? Object.assign(Object.create(value), { name: fileName }) : value);
      write("\r\n");
    }
  }
  write(`--${boundary}--\r\n`);
  return encodeParts(`${typeOfAll(multipart, entries)}; boundary=${boundary}`, parts);
}
