import { readFile, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { CodegenError } from "../errors/codegen-error.js";
import type { DocumentPin } from "./document-pin.js";
import { sha256 } from "./sha256.js";
import { writeAtomically } from "./write-atomically.js";

/** Verified documents on disk, keyed by their hash. */
export interface DocumentCache {
  /** The document, if this pin was verified before and its bytes are intact. */
  read(pin: DocumentPin): Promise<Buffer | undefined>;
  /** Stores a document that was verified against its pin. Throws CodegenError if the folder cannot be written. */
  write(pin: DocumentPin, bytes: Uint8Array): Promise<void>;
}

/** The folder of the cache: $CONNECTRY_CACHE, else $XDG_CACHE_HOME/connectry, else ~/.cache/connectry. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  if (env.CONNECTRY_CACHE) return env.CONNECTRY_CACHE;
  const base = env.XDG_CACHE_HOME;
  // The specification says to ignore a relative $XDG_CACHE_HOME: https://specifications.freedesktop.org/basedir-spec/latest/
  return join(base !== undefined && isAbsolute(base) ? base : join(env.HOME || homedir(), ".cache"), "connectry");
}

/** A cache in a folder, which is created when the first document is stored. */
export function createDocumentCache(folder: string): DocumentCache {
  const documentFile = (pin: DocumentPin) => join(folder, "documents", pin.sha256);
  // The cache also records which pins were verified, so that a document is fetched and verified again when the version
  // or the tarball hash in spec.yaml changes, although its own hash is known.
  const pinFile = (pin: DocumentPin) =>
    join(folder, "pins", sha256(JSON.stringify([pin.origin, pin.integrity ?? "", pin.sha256])));
  return {
    async read(pin) {
      const [verified, bytes] = await Promise.all([readIfPresent(pinFile(pin)), readIfPresent(documentFile(pin))]);
      if (verified === undefined || bytes === undefined) return undefined;
      if (sha256(bytes) === pin.sha256) return bytes;
      await rm(documentFile(pin), { force: true });
      return undefined;
    },
    async write(pin, bytes) {
      try {
        await writeAtomically(documentFile(pin), bytes);
        await writeAtomically(pinFile(pin), `${pin.origin}\n`);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new CodegenError(
          `The document cache ${folder} cannot be written: ${reason}`,
          ["Set CONNECTRY_CACHE to another folder."],
          { cause },
        );
      }
    },
  };
}

async function readIfPresent(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch {
    // A cache that cannot be read is treated as empty.
    return undefined;
  }
}
