import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/** Why a file is not read. */
export class NotReadableError extends Error {
  override readonly name = "NotReadableError";
}

/**
 * Reads a regular file of a limited size. A pipe or a device is not read: it may never end, whatever size it claims.
 * @throws NotReadableError with the rest of a sentence that begins with the name of the file.
 */
export async function readRegularFile(path: string, maxBytes: number): Promise<Buffer> {
  let file: FileHandle | undefined;
  try {
    // O_NONBLOCK: opening a pipe without a writer would wait for one. Windows does not have it.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = await file.stat();
    if (stats.isDirectory()) throw new NotReadableError("is a folder, not a file");
    if (!stats.isFile()) throw new NotReadableError("is a device or a pipe, not a file");
    const tooLarge = new NotReadableError(`is larger than ${maxBytes / 1024 / 1024} MB`);
    if (stats.size > maxBytes) throw tooLarge;
    return await readAtMost(file, maxBytes, tooLarge);
  } catch (cause) {
    if (cause instanceof NotReadableError) throw cause;
    const code = cause !== null && typeof cause === "object" && "code" in cause ? cause.code : undefined;
    const reason = code === "ENOENT" ? "does not exist" : `cannot be read (${String(code)})`;
    throw new NotReadableError(reason, { cause });
  } finally {
    await file?.close();
  }
}

/** Reads to the end of the file, which may have grown: files of /proc have the size 0. */
async function readAtMost(file: FileHandle, maxBytes: number, tooLarge: Error): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of file.createReadStream({ autoClose: false })) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
