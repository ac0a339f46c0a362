import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { CodegenError } from "../errors/codegen-error.js";
import { readRegularFile } from "../text/read-regular-file.js";
import { showPath } from "../text/show-path.js";
import { maxDocumentBytes } from "./document-limit.js";
import { sha256 } from "./sha256.js";

/** Documents in a folder, each in a file that is named by the SHA-256 of its bytes: for work offline, and for mirrors. */
export interface DocumentFolder {
  /** The document with a hash. Throws CodegenError if its file contains something else. */
  read(hash: string): Promise<Buffer | undefined>;
}

/**
 * The folder that $CONNECTRY_DOCUMENTS names; one without documents where it is not set.
 * @throws CodegenError if it is not a folder.
 */
export function documentFolder(env: Readonly<Record<string, string | undefined>>, cwd: string): DocumentFolder {
  if (!env.CONNECTRY_DOCUMENTS) return { read: async () => undefined };
  const folder = resolve(cwd, env.CONNECTRY_DOCUMENTS);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CodegenError(`CONNECTRY_DOCUMENTS names ${showPath(folder, cwd)}, which is not a folder.`);
  }
  return {
    async read(hash) {
      const file = join(folder, hash);
      if (statSync(file, { throwIfNoEntry: false }) === undefined) return undefined;
      const bytes = await readRegularFile(file, maxDocumentBytes).catch((cause) => {
        throw new CodegenError(`The document ${showPath(file, cwd)} ${(cause as Error).message}.`, [], { cause });
      });
      const received = sha256(bytes);
      if (received === hash) return bytes;
      throw new CodegenError(`The document ${showPath(file, cwd)} is not the one that its name promises.`, [
        `received  sha256 ${received}`,
      ]);
    },
  };
}
