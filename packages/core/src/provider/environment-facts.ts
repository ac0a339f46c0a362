import type { ConcurrencyLimit, RateLimit } from "./limit-facts.js";

/**
 * An environment of a provider: how a sandbox, a region or a live system differs from the profile. The first one of a profile is the
 * profile itself, and has no facts.
 */
export interface EnvironmentFacts {
  /** Where its operations are, as in the profile, and with variables, too. @default that of the profile */
  readonly baseUrl?: string;
  /** Other origins that single operations may be served from. @default those of `servers`; where neither it nor `baseUrl` is given, those of the profile */
  readonly origins?: readonly string[];
  /**
   * Where the other servers of the profile's operations and of its tokens are, by the beginning of their addresses:
   * `{ "https://files.acme.com": "https://files.sandbox.acme.com" }`. What is below the profile's `baseUrl` is below that of the
   * environment without being named.
   */
  readonly servers?: Readonly<Record<string, string>>;
  /** The environment variables that hold its credential, by those that the profile names: `{ ACME_KEY: "ACME_SANDBOX_KEY" }`. @default the same */
  readonly env?: Readonly<Record<string, string>>;
  /** Its documented limits. @default those of the profile */
  readonly rateLimits?: readonly RateLimit[];
  /** Its documented numbers of requests at once. @default those of the profile */
  readonly concurrency?: readonly ConcurrencyLimit[];
}
