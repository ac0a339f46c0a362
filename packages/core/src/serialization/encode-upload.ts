import type { Body } from "../pipeline/call.js";
import type { Upload } from "../upload/index.js";
import { isBytes, isFile } from "./encoded-body.js";

/** Encodes a form, as `multipart/form-data` or another type of parts, or a file, by code that is loaded with the first of them. */
export function encodeUpload(upload: Upload, multipart?: string): Promise<Body> {
  // The types of the source: those of the build are others to a program that has both.
  const loading: Promise<typeof import("../upload/index.js")> = import("#upload") as never;
  return loading.then((loaded) => loaded.encodeUpload(upload, multipart));
}

/** A body that is a form, as its fields, or a file, or bytes, copied because the caller may change them; undefined for any other. */
export function uploadOf(body: unknown): Upload | undefined {
  if (isFile(body)) return body;
  if (isBytes(body)) return new Blob([body]);
  // A form of another realm, such as undici's FormData, is of another class.
  const isForm = (body as { readonly [Symbol.toStringTag]?: string } | null)?.[Symbol.toStringTag] === "FormData";
  return isForm ? [...(body as FormData)] : undefined;
}
