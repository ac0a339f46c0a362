import type { Body } from "../pipeline/call.js";
import { encodeForm, type FormEntry } from "./encode-form.js";
import { encodeFile } from "./encode-parts.js";
import type { Reopenable } from "./reopenable.js";

// What a program loads with the first body that is a file, a form or a stream.
export { sendUpload } from "./send-upload.js";

/** The fields of a form, or a file. */
export type Upload = readonly FormEntry[] | Blob | Reopenable;

/** Encodes a form or a file. */
export function encodeUpload(upload: Upload, multipart?: string): Promise<Body> {
  return Array.isArray(upload) ? encodeForm(upload, multipart) : encodeFile(upload as Blob | Reopenable);
}
