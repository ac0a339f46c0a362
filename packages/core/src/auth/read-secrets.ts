import { ConfigurationError } from "../errors/connectry-error.js";
import type { Secrets } from "../pipeline/strategies.js";
import { headerText } from "../pipeline/with-header.js";
import { environmentVariable } from "../platform/environment.js";
import type { AuthScheme } from "../provider/profile.js";

/** One secret of a credential: where it comes from. */
export interface SecretField {
  readonly env: string;
  /** Its name in the option `auth`, where a credential has several. */
  readonly name?: string;
  /** Whether a client may lack it. Its text is then empty. */
  readonly optional?: boolean;
}

/** The secrets of a scheme, in order. */
export function fieldsOf(scheme: AuthScheme): readonly SecretField[] {
  if (scheme.kind === "basic") return [scheme.username, scheme.password];
  // What its client was exchanged for; the secret of the client is only redacted.
  if (scheme.kind === "client-credentials") {
    const { env } = scheme.clientSecret;
    return [
      { name: "accessToken", env },
      { name: "clientSecret", env, optional: true },
    ];
  }
  if (scheme.kind !== "parts") return [{ env: scheme.env }];
  // A single one needs no name.
  return scheme.parts.length > 1 ? scheme.parts : scheme.parts.map(({ env }) => ({ env }));
}

/** The error of a secret that is missing, or that no header can carry. It never contains the value. */
function credentialError(fields: readonly SecretField[], value: unknown): ConfigurationError {
  const required = fields.filter(({ optional }) => !optional);
  const variables = required.map(({ env }) => env).join(" and ");
  const names = required.flatMap(({ name }) => name ?? []).join(" and ");
  const option = `\`auth\`${names && ` with ${names}`}`;
  return new ConfigurationError(
    value
      ? `Invalid API key: ${option} or ${variables} must be one line of Latin-1 text.`
      : `Missing API key: pass ${option} or set ${variables}.`,
  );
}

/** The secrets of a credential; undefined means the environment. Throws ConfigurationError for an invalid value, which is never shown. */
export function readSecrets(fields: readonly SecretField[], credential: unknown): Secrets {
  return fields.map(({ name, env, optional }) => {
    let value = credential;
    if (credential === undefined) value = environmentVariable(env);
    else if (name) value = (credential as Record<string, unknown> | null)?.[name];
    if (optional && !value) return "";
    if (typeof value === "string" && headerText.test(value)) return value;
    throw credentialError(fields, value);
  });
}
