import type { NpmSettings } from "./npm-settings.js";
import type { ProgressTask } from "./progress.js";

/** How something is fetched. */
export interface FetchOptions {
  readonly settings: NpmSettings;
  /** Receives the number of bytes as they arrive. */
  readonly task: ProgressTask;
  /** The maximum size of a document. @default maxDocumentBytes */
  readonly maxBytes?: number | undefined;
  /** The maximum time of a fetch. @default maxFetchMs */
  readonly maxMs?: number | undefined;
}
