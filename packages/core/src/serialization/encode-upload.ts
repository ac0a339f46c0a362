import type { Body } from "../pipeline/call.js";
import type { Upload } from "../upload/index.js";
import { isFile } from "./encoded-body.js";

/** Encodes a form or a file, by code that is loaded with the first of them. */
export async function encodeUpload(upload: Upload): Promise<Body> {
  return (await import("#upload")).encodeUpload(upload);
}

/** A body that is a form, as its fields, or a file; undefined for any other. */
export function uploadOf(body: unknown): Upload | undefined {
  // A form of another realm, such as undici's FormData, is of another class.
  if ((body as { readonly [Symbol.toStringTag]?: string } | null)?.[Symbol.toStringTag] === "FormData") {
    return [...(body as FormData)];
  }
  return isFile(body) ? body : undefined;
}
