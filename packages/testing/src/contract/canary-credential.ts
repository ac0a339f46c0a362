import type { Credential, ProviderProfile } from "@connectry/core";
import type { DocumentOperation } from "../document/operation.js";
import type { SchemaView } from "../schema/schema-space.js";
import type { SchemaTools } from "../schema/schema-tools.js";

/** A credential that no one has, and what of it must never be seen. */
export interface CanaryCredential {
  readonly value: Credential;
  readonly secret: string;
  /** The same account with another secret. */
  readonly refused: Credential;
  /** The environment variables that hold it. */
  readonly environment: Readonly<Record<string, string>>;
}

// With a slash, as base64 keys have: JSON may write it `\/`.
const secret = "canary_4eC39HqL/yjWDarjtT1zdp7dc";
const refusedSecret = "canary_refused_Zq81mPw0vT";

/** Makes a credential in the scheme's form; a name that stands in paths is one that the document takes. */
export function canaryCredential(
  { auth, pathDefaults = {} }: ProviderProfile,
  operations: readonly DocumentOperation[],
  tools: (view: SchemaView) => SchemaTools,
): CanaryCredential {
  if (auth.kind !== "basic") {
    return { value: secret, secret, refused: refusedSecret, environment: { [auth.env]: secret } };
  }
  const inPaths = Object.keys(pathDefaults).find((parameter) => pathDefaults[parameter] === auth.username.name);
  const named = operations
    .flatMap((operation) => operation.parameters().map((parameter) => ({ operation, parameter })))
    .find(({ parameter }) => parameter.in === "path" && parameter.name === inPaths);
  const view = named?.operation.schemas.request;
  const name =
    view === undefined ? "canary_account" : String(tools(view).sample(view.convert(named?.parameter.schema), 1));
  const pair = (password: string) => ({ [auth.username.name]: name, [auth.password.name]: password });
  return {
    value: pair(secret),
    secret,
    refused: pair(refusedSecret),
    environment: { [auth.username.env]: name, [auth.password.env]: secret },
  };
}
