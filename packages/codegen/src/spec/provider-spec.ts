import type { Source } from "../source/source.js";
import type { WebhookFacts } from "./webhook-facts.js";

/** One pinned document of a provider. */
export interface DocumentPin {
  /** Names the schema module and messages: `stripe`, `contacts`. */
  readonly name: string;
  readonly source: Source;
  /** The source as spec.yaml writes it. */
  readonly origin: string;
  /** SHA-256 of the document's bytes, in hex. */
  readonly sha256: string;
  /** npm's integrity of the whole tarball, `sha512-...`. */
  readonly integrity?: string;
  /** Where the provider publishes the document. */
  readonly upstream?: string;
  /** The OpenAPI Overlay with our repairs: an absolute path. */
  readonly overlay?: string;
}

/** What specs/<provider>/spec.yaml says; every path in it is absolute. */
export interface ProviderSpec {
  readonly provider: string;
  /** The folder that spec.yaml stands in, and surface.txt beside it. */
  readonly folder: string;
  /** spec.yaml itself. */
  readonly file: string;
  /** The connector's profile.ts. Needed to generate, not to pull. */
  readonly profile?: string;
  /** Where the generated code goes. Needed to generate, not to pull. */
  readonly output?: string;
  readonly documents: readonly DocumentPin[];
  /** Where the first document holds the events that the provider delivers. */
  readonly webhooks?: WebhookFacts;
}
