import type { LoadedDocument } from "../document/loaded-document.js";
import { createCommandContext, processContext } from "./command-context.js";
import { loadProviders } from "./load-providers.js";

/** Where the provider is looked up. */
export interface LoadDocumentsOptions {
  /** The specs folder. @default the nearest one in the working directory or above */
  readonly specs?: string | undefined;
}

/**
 * Loads the documents of one provider as its client is generated from them: fetched by their pins or read from the
 * cache, verified, corrected by their overlays, and checked.
 * @throws CodegenError if the provider is unknown, or a document cannot be fetched or is invalid.
 */
export async function loadDocuments(
  provider: string,
  { specs }: LoadDocumentsOptions = {},
): Promise<readonly LoadedDocument[]> {
  const [found] = await loadProviders({ providers: [provider], specs }, await createCommandContext(processContext()));
  return found === undefined ? [] : found.load();
}
