import type { GraphQLSchema } from "graphql";
import { loadDocument } from "../document/load-document.js";
import type { LoadedDocument } from "../document/loaded-document.js";
import { endpointDocument } from "../graphql/endpoint-document.js";
import { cacheFolder, createDocumentCache } from "../source/document-cache.js";
import { documentFolder } from "../source/document-folder.js";
import type { DocumentPin } from "../source/document-pin.js";
import { loadNpmSettings, type NpmSettings } from "../source/npm-settings.js";
import { type PullContext, type PullResult, pullDocuments } from "../source/pull-documents.js";
import { type ProviderSpec, pinsOf } from "../spec/provider-spec.js";
import { selectSpecs } from "../spec/select-specs.js";
import type { CommandContext, ProviderOptions } from "./command-context.js";

/** A provider, and the results of pulling its documents. */
export interface PulledProvider {
  readonly spec: ProviderSpec;
  /** The result for each document, then that for the schema of GraphQL. */
  readonly pulled: readonly (readonly [DocumentPin, PullResult])[];
  /**
   * Parses, corrects and checks the documents; of an API of GraphQL alone, that of its endpoint. Throws the error of the first one that
   * failed.
   */
  load(): Promise<readonly LoadedDocument[]>;
  /** Parses the schema of GraphQL; undefined where there is none. Throws the error of its pin. */
  loadSchema(): Promise<GraphQLSchema | undefined>;
}

/** Which providers are loaded, and when their fallbacks are. */
export interface LoadOptions extends ProviderOptions {
  /** As in `PullContext`; with CONNECTRY_STRICT=1 always `never`. @default "local" */
  readonly fallback?: PullContext["fallback"];
}

/** Reads the specs of the selected providers and pulls all their documents, each tarball once. */
export async function loadProviders(options: LoadOptions, context: CommandContext): Promise<readonly PulledProvider[]> {
  const specs = await selectSpecs(options.providers, { cwd: context.cwd, specs: options.specs });
  const pins = specs.flatMap(pinsOf);
  let settings: Promise<NpmSettings> | undefined;
  const results = await pullDocuments(pins, {
    folder: documentFolder(context.env, context.cwd),
    cache: createDocumentCache(cacheFolder(context.env)),
    fallback: isStrict(context.env) ? "never" : (options.fallback ?? "local"),
    npmSettings: () => {
      settings ??= loadNpmSettings(context.env, context.cwd);
      return settings;
    },
    progress: context.progress,
  });
  return specs.map((spec) => {
    const pulled = pinsOf(spec).map((pin) => [pin, results.get(pin)!] as const);
    return { spec, pulled, load: () => loadAll(spec, pulled), loadSchema: () => loadSchemaOf(spec, pulled) };
  });
}

async function loadAll(
  { provider, documents: pins, graphql }: ProviderSpec,
  pulled: PulledProvider["pulled"],
): Promise<readonly LoadedDocument[]> {
  const documents = endpointDocuments({ provider, documents: pins, graphql });
  for (const [, result] of pulled.slice(0, pins.length)) {
    if (result.kind === "failed") throw result.error;
    documents.push(await loadDocument(result.pin, result.bytes));
  }
  return documents;
}

/** The document of an API of GraphQL alone; none where there are others. */
export function endpointDocuments({
  provider,
  documents,
  graphql,
}: Pick<ProviderSpec, "provider" | "documents"> & {
  readonly graphql?: ProviderSpec["graphql"] | undefined;
}): LoadedDocument[] {
  if (documents.length > 0 || graphql?.endpoint === undefined) return [];
  return [endpointDocument(provider, graphql.endpoint, graphql.schema.origin)];
}

async function loadSchemaOf(
  { graphql }: ProviderSpec,
  pulled: PulledProvider["pulled"],
): Promise<GraphQLSchema | undefined> {
  const [, result] = pulled.find(([pin]) => pin === graphql?.schema) ?? [];
  if (result === undefined) return undefined;
  if (result.kind === "failed") throw result.error;
  // Most commands have no schema to parse.
  const { loadSchema } = await import("../graphql/load-schema.js");
  return loadSchema(result.bytes, result.pin.origin);
}

/** Whether each document must be the pinned one: no fallback is taken, and nothing is left out. */
export function isStrict(env: CommandContext["env"]): boolean {
  return env.CONNECTRY_STRICT !== undefined && env.CONNECTRY_STRICT !== "" && env.CONNECTRY_STRICT !== "0";
}

/** Whether a document of the provider is its fallback. */
export function hasFallback({ pulled }: PulledProvider): boolean {
  return pulled.some(([pin, result]) => result.kind === "pulled" && result.pin !== pin);
}
