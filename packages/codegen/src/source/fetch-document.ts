import { CodegenError } from "../errors/codegen-error.js";
import { readFromFile } from "./file-source.js";
import { fetchFromTarball, findTarball } from "./npm-source.js";
import { runStep } from "./progress.js";
import type { PullContext } from "./pull-documents.js";
import { sha256 } from "./sha256.js";
import type { Source } from "./source.js";
import { fetchFromUrl } from "./url-source.js";

/** A document as it is published now, and the hashes for its pin. */
export interface FetchedDocument {
  readonly bytes: Buffer;
  readonly sha256: string;
  /** The hash of the npm tarball that it came in. */
  readonly integrity?: string;
}

/**
 * Fetches a document that has no pin yet.
 * @throws CodegenError if it cannot be fetched.
 */
export async function fetchDocument(
  source: Source,
  context: Pick<PullContext, "npmSettings" | "progress">,
): Promise<FetchedDocument> {
  switch (source.kind) {
    case "file":
      return withHash(await readFromFile(source.path));
    case "url":
      return runStep(context.progress, `fetching ${source.url}`, async (task) =>
        withHash(await fetchFromUrl(source.url, { settings: await context.npmSettings(), task })),
      );
    case "npm":
      return runStep(context.progress, `fetching ${source.package}@${source.version}`, async (task) => {
        const settings = await context.npmSettings();
        const tarball = await findTarball(source.package, source.version, settings);
        const bytes = (await fetchFromTarball(tarball, [source.path], { settings, task })).get(source.path)!;
        if (bytes instanceof CodegenError) throw bytes;
        return { ...withHash(bytes), ...(tarball.integrity !== "" && { integrity: tarball.integrity }) };
      });
  }
}

function withHash(bytes: Buffer): FetchedDocument {
  return { bytes, sha256: sha256(bytes) };
}
