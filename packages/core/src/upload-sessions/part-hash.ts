import { createHash, type Hash } from "node:crypto";
import { readParts } from "../upload/read-parts.js";
import { slice, type UploadSource } from "./upload-source.js";

/** The SHA-1 of a part in both forms that Box takes: in JSON, and in the header `Digest` (RFC 3230). */
export interface PartHash {
  readonly hex: string;
  readonly base64: string;
}

/** Creates the SHA-1 of a whole file. */
export const createFileHash = (): Hash => createHash("sha1");

/** Reads a part once, for its own digest and that of the file. */
export async function hashPart(
  source: UploadSource,
  [start, end]: readonly [number, number],
  file: Hash,
): Promise<PartHash> {
  const own = createHash("sha1");
  const reader = readParts([slice(source, start, end)]).getReader();
  for (let { value } = await reader.read(); value; { value } = await reader.read()) {
    own.update(value);
    file.update(value);
  }
  const digest = own.digest();
  return { hex: digest.toString("hex"), base64: digest.toString("base64") };
}
