import type { LoadedDocument } from "../document/loaded-document.js";
import { processContext } from "./command-context.js";
import { loadProviders } from "./load-providers.js";

/** Where to look. */
export interface LoadDocumentsOptions {
  /** @default the nearest specs folder, upwards from the working directory */
  readonly specs?: string | undefined;
}

/**
 * The documents of one provider as the client is generated from them: pulled by their pins (from the cache where they
 * are known), checked, and repaired by their overlays. Throws CodegenError for whatever is wrong with them.
 */
export async function loadDocuments(
  provider: string,
  { specs }: LoadDocumentsOptions = {},
): Promise<readonly LoadedDocument[]> {
  const [found] = await loadProviders({ providers: [provider], specs }, processContext());
  return found === undefined ? [] : found.load();
}
