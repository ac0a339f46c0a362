import { CodegenError } from "../codegen-error.js";
import { readFromFile } from "./file-source.js";
import { fetchFromTarball, findTarball } from "./npm-source.js";
import type { PullContext } from "./pull-documents.js";
import { sha256 } from "./sha256.js";
import type { Source } from "./source.js";
import { fetchFromUrl } from "./url-source.js";

/** A document as it is published now, and the hashes to pin it by. */
export interface FetchedDocument {
  readonly bytes: Buffer;
  readonly sha256: string;
  /** Of the npm tarball that it came in. */
  readonly integrity?: string;
}

/** Fetches a document that nothing pins yet. Throws where it cannot be had. */
export async function fetchDocument(
  source: Source,
  context: Pick<PullContext, "npmSettings" | "progress">,
): Promise<FetchedDocument> {
  switch (source.kind) {
    case "file":
      return hashed(await readFromFile(source.path));
    case "url": {
      const task = context.progress.start(`fetching ${source.url}`);
      try {
        return hashed(await fetchFromUrl(source.url, await context.npmSettings(), task));
      } finally {
        task.end();
      }
    }
    case "npm": {
      const task = context.progress.start(`fetching ${source.package}@${source.version}`);
      try {
        const settings = await context.npmSettings();
        const tarball = await findTarball(source.package, source.version, settings);
        const bytes = (await fetchFromTarball(tarball, [source.path], settings, task)).get(source.path)!;
        if (bytes instanceof CodegenError) throw bytes;
        return { ...hashed(bytes), ...(tarball.integrity !== "" && { integrity: tarball.integrity }) };
      } finally {
        task.end();
      }
    }
  }
}

function hashed(bytes: Buffer): FetchedDocument {
  return { bytes, sha256: sha256(bytes) };
}
