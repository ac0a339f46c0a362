import { createHash } from "node:crypto";

/** The SHA-256 hash as lower-case hexadecimal digits. */
export function sha256(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}
