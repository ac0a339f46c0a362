import type { AuthScheme, Credential, CredentialPart, ProviderProfile } from "@connectry/core";
import type { DocumentOperation } from "../document/operation.js";
import type { SchemaToolsOf } from "../schema/schema-tools.js";

/** A made-up credential, and its secrets, which must never be visible. */
export interface CanaryCredential {
  readonly value: Credential;
  /** The last of its secrets. */
  readonly secret: string;
  readonly secrets: readonly string[];
  /** The same account with another secret. */
  readonly rejected: Credential;
  /** The environment variables that hold it, but for parts that a client may lack. */
  readonly environment: Readonly<Record<string, string>>;
}

// Contains a slash, as base64 keys do, which JSON may escape as `\/`.
const secret = "canary_4eC39HqL/yjWDarjtT1zdp7dc";
const rejectedSecret = "canary_rejected_Zq81mPw0vT";
const canarySecretOfClient = "canary_client_9sJt2/wQbX6nLr";

type ClientScheme = Extract<AuthScheme, { readonly kind: "client-credentials" }>;

/** Creates a credential in the form of the profile. A username that is a path parameter is valid in the document. */
export function canaryCredential(
  { auth, pathDefaults = {} }: ProviderProfile,
  operations: readonly DocumentOperation[],
  tools: SchemaToolsOf,
): CanaryCredential {
  if (auth.kind === "parts") return canaryOfParts(auth.parts);
  if (auth.kind === "client-credentials") return canaryOfClient(auth);
  if (auth.kind !== "basic") {
    const environment = { [auth.env]: secret };
    return { value: secret, secret, secrets: [secret], rejected: rejectedSecret, environment };
  }
  const parameterName = Object.keys(pathDefaults).find((name) => pathDefaults[name] === auth.username.name);
  const found = operations
    .flatMap((operation) => operation.parameters().map((parameter) => ({ operation, parameter })))
    .find(({ parameter }) => parameter.in === "path" && parameter.name === parameterName);
  const view = found?.operation.schemas.request;
  const username =
    view === undefined ? "canary_account" : String(tools(view).sample(view.convert(found?.parameter.schema), 1));
  const withPassword = (password: string) => ({ [auth.username.name]: username, [auth.password.name]: password });
  return {
    value: withPassword(secret),
    secret,
    secrets: [secret],
    rejected: withPassword(rejectedSecret),
    environment: { [auth.username.env]: username, [auth.password.env]: secret },
  };
}

/** The token is the credential; a client of the environment is exchanged for it. */
function canaryOfClient({ clientId, clientSecret, fields = [] }: ClientScheme): CanaryCredential {
  const others = fields.flatMap(({ env, name, optional, default: usual }) =>
    optional || usual !== undefined ? [] : [[env, `canary-${name}`] as const],
  );
  const environment = { [clientId.env]: "canary-client", [clientSecret.env]: canarySecretOfClient };
  return {
    value: secret,
    secret,
    secrets: [secret, canarySecretOfClient],
    rejected: rejectedSecret,
    environment: { ...environment, ...Object.fromEntries(others) },
  };
}

/** Every part is a secret of its own; the rejected credential differs in the last one alone. */
function canaryOfParts(parts: readonly CredentialPart[]): CanaryCredential {
  const secrets = parts.map((_, index) => (index === parts.length - 1 ? secret : `${secret}_${index + 1}`));
  const named = (values: readonly string[]): Credential =>
    parts.length === 1 ? String(values[0]) : Object.fromEntries(parts.map(({ name }, index) => [name, values[index]]));
  const required = parts.flatMap(({ env, optional }, index) =>
    optional ? [] : [[env, String(secrets[index])] as const],
  );
  return {
    value: named(secrets),
    secret,
    secrets,
    rejected: named([...secrets.slice(0, -1), rejectedSecret]),
    environment: Object.fromEntries(required),
  };
}
