import { CodegenError } from "../codegen-error.js";
import type { CommandContext } from "../commands/command-context.js";
import { loadProviders, progressOf } from "../commands/load-providers.js";
import { loadDocument } from "../document/load-document.js";
import type { LoadedDocument } from "../document/loaded-document.js";
import { fetchDocument } from "../source/fetch-document.js";
import { loadNpmSettings } from "../source/npm-settings.js";
import { parseSource } from "../source/source.js";
import type { DocumentPin, ProviderSpec } from "../spec/provider-spec.js";

/** One of the two things that are compared. */
export interface DiffSide {
  readonly documents: readonly LoadedDocument[];
  /** Where it is a provider: what its spec.yaml says. */
  readonly spec: ProviderSpec | undefined;
}

/** What a side is read with. */
export interface SideOptions {
  readonly specs: string | undefined;
  /** The provider on the other side, whose repairs a plain document is given too. */
  readonly beside?: ProviderSpec | undefined;
}

/** Whether a side is named as a document, and not as a provider. */
export function isDocumentName(name: string): boolean {
  return /^(npm:|https?:)/.test(name) || /\.(json|ya?ml)(\.gz)?$/i.test(name);
}

/** Reads a side: a file, an address, an npm source, or the pinned documents of a provider. */
export async function readSide(name: string, options: SideOptions, context: CommandContext): Promise<DiffSide> {
  if (!isDocumentName(name)) {
    const [provider] = await loadProviders({ providers: [name], specs: options.specs }, context);
    if (provider === undefined) throw new CodegenError(`There is no provider "${name}".`);
    return { documents: await provider.load(), spec: provider.spec };
  }
  const source = parseSource(name, context.cwd);
  const fetched = await fetchDocument(source, {
    progress: progressOf(context),
    npmSettings: () => loadNpmSettings(context.env, context.cwd),
  });
  const pinned = options.beside === undefined ? undefined : onlyPin(options.beside);
  const pin: DocumentPin = {
    name: pinned?.name ?? "document",
    source,
    origin: name,
    sha256: fetched.sha256,
    ...(pinned?.overlay !== undefined && { overlay: pinned.overlay }),
  };
  return { documents: [await loadDocument(pin, fetched.bytes)], spec: undefined };
}

/** A document can only be compared with a provider of one: of several nobody knows which is meant. */
function onlyPin(spec: ProviderSpec): DocumentPin {
  const [only, ...others] = spec.documents;
  if (only !== undefined && others.length === 0) return only;
  throw new CodegenError(
    `${spec.provider} has ${spec.documents.length} documents, and one cannot be compared with all.`,
    ["Name both documents by their source: they stand in its spec.yaml."],
  );
}
