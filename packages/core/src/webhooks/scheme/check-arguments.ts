import { ConfigurationError } from "../../errors/connectry-error.js";
import type { WebhookScheme } from "./webhook-scheme.js";

/** @throws ConfigurationError where the scheme is missing, which only the compiler of TypeScript notices. */
export function checkScheme(scheme: WebhookScheme | undefined): void {
  if (scheme?.event === undefined) throw new ConfigurationError("the scheme of the webhooks is missing.");
}

/** @throws ConfigurationError where the scheme, the options, or their field with the secret is missing. */
export function checkSecrets(scheme: WebhookScheme, options: object | undefined, field = "secrets"): void {
  checkScheme(scheme);
  // The value may be undefined: a build may read this before the environment variable is set.
  if (options === undefined || !(field in options)) {
    throw new ConfigurationError(`${scheme.name}: \`${field}\` is missing: pass ${scheme.secret}.`);
  }
}
