import { loadDocument } from "../document/load-document.js";
import type { LoadedDocument } from "../document/loaded-document.js";
import { CodegenError } from "../errors/codegen-error.js";
import type { DocumentPin } from "../source/document-pin.js";
import { fetchDocument } from "../source/fetch-document.js";
import { loadNpmSettings } from "../source/npm-settings.js";
import { parseSource } from "../source/source.js";
import type { ProviderSpec } from "../spec/provider-spec.js";
import type { CommandContext } from "./command-context.js";
import { loadProviders } from "./load-providers.js";

/** One of the two arguments of `connectry diff`, loaded. */
export interface DiffInput {
  readonly documents: readonly LoadedDocument[];
  /** The spec of the provider; undefined if the argument is a document. */
  readonly spec: ProviderSpec | undefined;
}

/** How an argument of `connectry diff` is loaded. */
export interface DiffInputOptions {
  readonly specs: string | undefined;
  /** The provider that a document is compared with: its overlay is applied to the document, too. */
  readonly comparedWith?: ProviderSpec | undefined;
}

/** Whether an argument names a document instead of a provider. */
export function isDocumentName(name: string): boolean {
  return /^(npm:|https?:)/.test(name) || /\.(json|ya?ml)(\.gz)?$/i.test(name);
}

/**
 * Loads a document from a file, a URL or an npm source, or the pinned documents of a provider.
 * @throws CodegenError if they cannot be loaded, or the provider to compare with has several documents.
 */
export async function loadDiffInput(
  name: string,
  options: DiffInputOptions,
  context: CommandContext,
): Promise<DiffInput> {
  if (!isDocumentName(name)) {
    const [provider] = await loadProviders({ providers: [name], specs: options.specs }, context);
    if (provider === undefined) throw new CodegenError(`Unknown provider \`${name}\`.`);
    return { documents: await provider.load(), spec: provider.spec };
  }
  const source = parseSource(name, context.cwd);
  const fetched = await fetchDocument(source, {
    progress: context.progress,
    npmSettings: () => loadNpmSettings(context.env, context.cwd),
  });
  const counterpart = options.comparedWith === undefined ? undefined : onlyDocument(options.comparedWith);
  const pin: DocumentPin = {
    name: counterpart?.name ?? "document",
    source,
    origin: name,
    sha256: fetched.sha256,
    ...(counterpart?.overlay !== undefined && { overlay: counterpart.overlay }),
  };
  return { documents: [await loadDocument(pin, fetched.bytes)], spec: undefined };
}

function onlyDocument(spec: ProviderSpec): DocumentPin {
  const [only, ...others] = spec.documents;
  if (only !== undefined && others.length === 0) return only;
  throw new CodegenError(
    `A single document cannot be compared with the ${spec.documents.length} documents of ${spec.provider}.`,
    [`Name both documents by their source, as in ${spec.provider}'s spec.yaml.`],
  );
}
