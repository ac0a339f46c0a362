import type { GraphQLSchema } from "graphql";
import type { Versions } from "../diff/changes/versions.js";
import type { Diff } from "../diff/compare-documents.js";
import { compareGraphqlSchemas } from "../diff/compare-graphql-schemas.js";
import { levels } from "../diff/rules/rule.js";
import { loadDocument } from "../document/load-document.js";
import type { LoadedDocument } from "../document/loaded-document.js";
import { loadSchema as parseSchema } from "../graphql/load-schema.js";
import { cacheFolder, createDocumentCache } from "../source/document-cache.js";
import type { PullResult } from "../source/pull-documents.js";
import type { NewestDocument } from "../update/newest-documents.js";
import type { CommandContext } from "./command-context.js";
import { endpointDocuments, type PulledProvider } from "./load-providers.js";

/** The newest documents, corrected by the overlays of the pinned ones. */
export async function loadNewest(newest: readonly NewestDocument[], pinned: PulledProvider): Promise<LoadedDocument[]> {
  const { documents } = pinned.spec;
  const loaded = await Promise.all(
    newest
      .slice(0, documents.length)
      .map(({ pin, bytes }, index) => loadDocument(pin, bytes ?? bytesOf(pinned.pulled[index]![1]))),
  );
  return [...endpointDocuments(pinned.spec), ...loaded];
}

/** The newest schema of GraphQL; undefined where there is none. */
export async function loadNewestSchema(
  newest: readonly NewestDocument[],
  { spec, loadSchema }: PulledProvider,
): Promise<GraphQLSchema | undefined> {
  const found = newest[spec.documents.length];
  return found?.bytes === undefined ? loadSchema() : parseSchema(found.bytes, found.pin.origin);
}

/** Adds the changes of the schema of GraphQL, those that break callers before all others. */
export function withSchemas(
  { changes, operations }: Diff,
  { old, new: current }: Versions<GraphQLSchema | undefined>,
): Diff {
  const found = old && current ? compareGraphqlSchemas({ old, new: current }) : [];
  const byLevel = levels.flatMap((level) => [...changes, ...found].filter((change) => change.level === level));
  return { changes: byLevel, operations };
}

/** The pinned documents, corrected by the same overlays; undefined if one is neither at its source nor in the cache. */
export async function loadPinned(
  { spec, pulled, load }: PulledProvider,
  context: CommandContext,
): Promise<readonly LoadedDocument[] | undefined> {
  const cache = createDocumentCache(cacheFolder(context.env));
  const documents = endpointDocuments(spec);
  for (const [pin, result] of pulled.slice(0, spec.documents.length)) {
    if (result.kind === "failed" && pin.source.kind === "npm") return load();
    // A file has been replaced by the new document. The cache has what it was, if a command has read it.
    const bytes = result.kind === "pulled" ? result.bytes : await cache.read(pin);
    if (bytes === undefined) {
      context.stderr.write(
        `${spec.provider}: ${pin.origin} no longer has the pinned document. The changes are derived from surface.txt.\n`,
      );
      return undefined;
    }
    documents.push(await loadDocument(result.kind === "pulled" ? result.pin : pin, bytes));
  }
  return documents;
}

function bytesOf(result: PullResult): Buffer {
  if (result.kind === "failed") throw result.error;
  return result.bytes;
}
