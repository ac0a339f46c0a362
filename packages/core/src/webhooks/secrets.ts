import { ConfigurationError } from "../errors/configuration-error.js";
import type { Delivery } from "./delivery.js";
import type { WebhookScheme } from "./scheme.js";

/** A secret, or several while one replaces another: any of them may have signed. What is undefined or empty is none. */
export type SecretList = string | readonly (string | undefined)[] | undefined;

/** What a function of secrets is told, so that it can tell tenants apart. Nothing of it is verified yet. */
export interface SecretRequest {
  readonly url: string;
  /** A header by its name in lower case. */
  header(name: string): string | undefined;
}

/** Everything that the option `secrets` takes. A function is asked for every delivery. */
export type WebhookSecrets = SecretList | ((request: SecretRequest) => SecretList | Promise<SecretList>);

function present(scheme: WebhookScheme, list: SecretList): readonly string[] {
  if (typeof list === "string" && list !== "") return [list];
  const found = (typeof list === "string" ? [list] : (list ?? [])).filter(
    (secret): secret is string => typeof secret === "string" && secret !== "",
  );
  if (found.length > 0) return found;
  throw new ConfigurationError(
    `${scheme.name}: \`secrets\` holds no secret, so no delivery can be verified. Give ${scheme.secret}; is its environment variable set?`,
  );
}

/**
 * The secrets that count for a delivery: at once, unless a function has to fetch them.
 * @throws ConfigurationError where there are none.
 */
export function resolveSecrets(
  scheme: WebhookScheme,
  secrets: WebhookSecrets,
  delivery: Delivery,
): readonly string[] | Promise<readonly string[]> {
  if (typeof secrets !== "function") return present(scheme, secrets);
  const request = { url: delivery.url, header: (name: string) => delivery.header(name) };
  return Promise.resolve(secrets(request)).then((list) => present(scheme, list));
}
