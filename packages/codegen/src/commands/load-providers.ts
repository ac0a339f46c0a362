import { loadDocument } from "../document/load-document.js";
import type { LoadedDocument } from "../document/loaded-document.js";
import { cacheFolder, createDocumentCache } from "../source/document-cache.js";
import { loadNpmSettings, type NpmSettings } from "../source/npm-settings.js";
import { createProgress, type Progress } from "../source/progress.js";
import { type Pulled, pullDocuments } from "../source/pull-documents.js";
import type { DocumentPin, ProviderSpec } from "../spec/provider-spec.js";
import { selectSpecs } from "../spec/select-specs.js";
import type { CommandContext, ProviderOptions } from "./command-context.js";

/** A provider whose documents were pulled, or tried to. */
export interface PulledProvider {
  readonly spec: ProviderSpec;
  /** How each document came. */
  readonly pulled: readonly (readonly [DocumentPin, Pulled])[];
  /** Parses, overlays and checks the documents. Throws what went wrong with the first that cannot be had. */
  load(): Promise<readonly LoadedDocument[]>;
}

/** Reads the specs of the providers chosen and pulls all of their documents, each tarball once. */
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
    progress: progressOf(context),
  });
  return specs.map((spec) => {
    const pulled = spec.documents.map((pin) => [pin, results.get(pin)!] as const);
    return { spec, pulled, load: () => loadAll(pulled) };
  });
}

/** The progress that a command reports on stderr. */
export function progressOf(context: CommandContext): Progress {
  return createProgress(context.stderr, () => context.now());
}

async function loadAll(pulled: PulledProvider["pulled"]): Promise<readonly LoadedDocument[]> {
  const documents: LoadedDocument[] = [];
  for (const [pin, result] of pulled) {
    if (result.kind === "failed") throw result.error;
    documents.push(await loadDocument(pin, result.bytes));
  }
  return documents;
}
