import { createHash } from "node:crypto";
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { expect, onTestFinished } from "vitest";
import { type ReopenableOptions, reopenable } from "../src/upload/reopenable.js";

/** The content of the files in these tests. */
export const content = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));
/** The hash of bytes, because a difference of large ones would be printed. */
export const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** A file with this content, which is removed at the end of the test. */
export function fileOf(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), "connectry-upload-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "a file.bin");
  writeFileSync(path, bytes);
  return path;
}

/** A body that is read from a file, and the streams that were opened for it. */
export function fileBody(path: string, options: ReopenableOptions) {
  const opened: Readable[] = [];
  const body = reopenable(() => {
    const stream = createReadStream(path);
    opened.push(stream);
    return stream;
  }, options);
  return { body, opened };
}

/** Waits until all streams are closed. */
export const expectClosed = (opened: readonly Readable[]) =>
  expect.poll(() => opened.map(({ destroyed }) => destroyed)).toEqual(opened.map(() => true));
