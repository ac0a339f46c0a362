import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { CodegenError } from "../codegen-error.js";
import type { DocumentPin } from "../spec/provider-spec.js";
import { sha256 } from "./sha256.js";

/** Verified documents on disk, by their hash. */
export interface DocumentCache {
  /** A document whose pin was verified before; undefined where there is none or its bytes were spoilt since. */
  read(pin: DocumentPin): Promise<Buffer | undefined>;
  /** Keeps a document that has just been verified against its pin. */
  write(pin: DocumentPin, bytes: Uint8Array): Promise<void>;
}

/** $CONNECTRY_CACHE, else $XDG_CACHE_HOME/connectry, else ~/.cache/connectry. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  if (env.CONNECTRY_CACHE) return env.CONNECTRY_CACHE;
  const base = env.XDG_CACHE_HOME;
  // A relative $XDG_CACHE_HOME is to be ignored: https://specifications.freedesktop.org/basedir-spec/latest/
  return join(base !== undefined && isAbsolute(base) ? base : join(env.HOME || homedir(), ".cache"), "connectry");
}

/** Opens the cache in a folder, which is made when something is first kept. */
export function createDocumentCache(folder: string): DocumentCache {
  const documentFile = (pin: DocumentPin) => join(folder, "documents", pin.sha256);
  // Beside the bytes stands which pins they were verified for, so that a changed version or tarball hash in spec.yaml
  // is fetched and checked, although the document's own hash is known.
  const pinFile = (pin: DocumentPin) =>
    join(folder, "pins", sha256(JSON.stringify([pin.origin, pin.integrity ?? "", pin.sha256])));
  return {
    async read(pin) {
      const [verified, bytes] = await Promise.all([readIfThere(pinFile(pin)), readIfThere(documentFile(pin))]);
      if (verified === undefined || bytes === undefined) return undefined;
      if (sha256(bytes) === pin.sha256) return bytes;
      await rm(documentFile(pin), { force: true });
      return undefined;
    },
    async write(pin, bytes) {
      try {
        await writeWhole(documentFile(pin), bytes);
        await writeWhole(pinFile(pin), `${pin.origin}\n`);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new CodegenError(
          `The document cache ${folder} cannot be written: ${reason}`,
          ["CONNECTRY_CACHE names another folder."],
          { cause },
        );
      }
    },
  };
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch {
    // A cache that cannot be read is an empty one.
    return undefined;
  }
}

/** Another process sees the whole file or none. */
async function writeWhole(file: string, data: Uint8Array | string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, data);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
