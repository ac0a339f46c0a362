import type { Source } from "./source.js";

/** One pinned document of a provider. */
export interface DocumentPin {
  /** The name of its schema module, also used in messages: `stripe`, `contacts`. */
  readonly name: string;
  readonly source: Source;
  /** The source as written in spec.yaml. */
  readonly origin: string;
  /** SHA-256 of the document's bytes, in hex. */
  readonly sha256: string;
  /** npm's hash of the whole tarball: `sha512-...`. */
  readonly integrity?: string;
  /** When the provider last changed the document, or, where that is unknown, when the package with it was published. */
  readonly date?: string;
  /** The URL at which the provider publishes the document. */
  readonly upstream?: string;
  /** The absolute path of the OpenAPI Overlay with our corrections. */
  readonly overlay?: string;
  /** The document of an npm package, for where the source cannot be reached. It has the same name. */
  readonly fallback?: DocumentPin;
}
