import { ConfigurationError } from "../../errors/connectry-error.js";
import type { Delivery } from "../scheme/delivery.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * A secret, or several while one replaces another: a delivery may be signed with any of them. Empty ones are ignored.
 */
export type SecretList = string | readonly (string | undefined)[] | undefined;

/** The request that a function of secrets receives, for example to find its tenant. Nothing in it is verified yet. */
export interface SecretRequest {
  readonly url: string;
  /** A header by its name in lower case. */
  header(name: string): string | undefined;
}

/** The option `secrets`. A function is called for every delivery. */
export type WebhookSecrets = SecretList | ((request: SecretRequest) => SecretList | Promise<SecretList>);

function withoutEmpty(scheme: WebhookScheme, list: SecretList): readonly string[] {
  if (typeof list === "string" && list !== "") return [list];
  const secrets = (typeof list === "string" ? [] : (list ?? [])).filter(
    (secret): secret is string => typeof secret === "string" && secret !== "",
  );
  if (secrets.length > 0) return secrets;
  throw new ConfigurationError(
    `${scheme.name}: \`secrets\` contains no secret: pass ${scheme.secret}. Check that its environment variable is set.`,
  );
}

/**
 * The secrets that may have signed a delivery. Returns a promise only where `secrets` is a function.
 * @throws ConfigurationError where there are none.
 */
export function resolveSecrets(
  scheme: WebhookScheme,
  secrets: WebhookSecrets,
  delivery: Delivery,
): readonly string[] | Promise<readonly string[]> {
  if (typeof secrets !== "function") return withoutEmpty(scheme, secrets);
  const request = { url: delivery.url, header: (name: string) => delivery.header(name) };
  return Promise.resolve(secrets(request)).then((list) => withoutEmpty(scheme, list));
}
