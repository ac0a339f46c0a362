import { loadDocument } from "../document/load-document.js";
import type { LoadedDocument } from "../document/loaded-document.js";
import { cacheFolder, createDocumentCache } from "../source/document-cache.js";
import type { DocumentPin } from "../source/document-pin.js";
import { loadNpmSettings, type NpmSettings } from "../source/npm-settings.js";
import { type PullResult, pullDocuments } from "../source/pull-documents.js";
import type { ProviderSpec } from "../spec/provider-spec.js";
import { selectSpecs } from "../spec/select-specs.js";
import type { CommandContext, ProviderOptions } from "./command-context.js";

/** A provider, and the results of pulling its documents. */
export interface PulledProvider {
  readonly spec: ProviderSpec;
  /** The result for each document. */
  readonly pulled: readonly (readonly [DocumentPin, PullResult])[];
  /** Parses, corrects and checks the documents. Throws the error of the first one that failed. */
  load(): Promise<readonly LoadedDocument[]>;
}

/** Reads the specs of the selected providers and pulls all their documents, each tarball once. */
export async function loadProviders(
  options: ProviderOptions,
  context: CommandContext,
): Promise<readonly PulledProvider[]> {
  const specs = await selectSpecs(options.providers, { cwd: context.cwd, specs: options.specs });
  const pins = specs.flatMap((spec) => spec.documents);
  let settings: Promise<NpmSettings> | undefined;
  const results = await pullDocuments(pins, {
    cache: createDocumentCache(cacheFolder(context.env)),
    npmSettings: () => {
      settings ??= loadNpmSettings(context.env, context.cwd);
      return settings;
    },
    progress: context.progress,
  });
  return specs.map((spec) => {
    const pulled = spec.documents.map((pin) => [pin, results.get(pin)!] as const);
    return { spec, pulled, load: () => loadAll(pulled) };
  });
}

async function loadAll(pulled: PulledProvider["pulled"]): Promise<readonly LoadedDocument[]> {
  const documents: LoadedDocument[] = [];
  for (const [pin, result] of pulled) {
    if (result.kind === "failed") throw result.error;
    documents.push(await loadDocument(pin, result.bytes));
  }
  return documents;
}
