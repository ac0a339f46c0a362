import type { ResolvedLimits } from "../client/options.js";
import { readOptions } from "../client/read-options.js";
import type { Result } from "../client/typed-client.js";
import type { UploadSessionFacts } from "./session-facts.js";
import type { UploadSource } from "./upload-source.js";

/** What the call that starts a session is to be given: its options begin with it. */
export interface StartInit {
  readonly signal?: AbortSignal;
}

/** What is known after each part. */
export interface UploadProgress {
  /** What the provider has of the file. */
  readonly sentBytes: number;
  readonly totalBytes: number;
}

/** The options of `uploadInSession`. Times are those of each call, as an option of the client says otherwise. */
export interface UploadOptions {
  /** How the provider does it: `boxUploads`, `googleUploads`, or facts of your own. */
  readonly facts: UploadSessionFacts;
  readonly file: Blob | UploadSource;
  /** Starts the session, by a call of the connector. It is not called where `session` is given. */
  readonly start: (init: StartInit) => Promise<Result<unknown>>;
  /** Continues a session that was started before: what `onSession` was called with. */
  readonly session?: string | undefined;
  /**
   * Is called with the session as soon as there is one, to keep it for `session`. Where it is an address, as Google's, code that has it
   * can upload: keep it as a secret.
   */
  readonly onSession?: ((session: string) => unknown) | undefined;
  /** How many bytes a chunk has, where the provider does not say; a multiple of what it requires. @default as the facts say */
  readonly chunkBytes?: number | undefined;
  readonly deadlineMs?: number | undefined;
  readonly attemptTimeoutMs?: number | undefined;
  /** How many times a part may fail without any progress. */
  readonly maxAttempts?: number | undefined;
  /** The account, where the client has several. */
  readonly account?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Is called after each part. */
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
}

const others = ["facts", "file", "start", "session", "onSession", "account", "signal", "onProgress"];

/** The limits of each call, and the size of chunks. Throws ConfigurationError for an unknown option or an invalid number. */
export function readUploadOptions(options: UploadOptions, limits: ResolvedLimits) {
  const chunkBytes = "chunkBytes" in options.facts ? options.facts.chunkBytes : 1;
  return readOptions(options, { defaults: { ...limits, chunkBytes }, others, where: "uploadInSession" });
}
