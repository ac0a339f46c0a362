import type { Credential, ProviderProfile } from "@connectry/core";
import type { DocumentOperation } from "../document/operation.js";
import type { SchemaToolsOf } from "../schema/schema-tools.js";

/** A made-up credential, and its secret, which must never be visible. */
export interface CanaryCredential {
  readonly value: Credential;
  readonly secret: string;
  /** The same account with another secret. */
  readonly rejected: Credential;
  /** The environment variables that hold it. */
  readonly environment: Readonly<Record<string, string>>;
}

// Contains a slash, as base64 keys do, which JSON may escape as `\/`.
const secret = "canary_4eC39HqL/yjWDarjtT1zdp7dc";
const rejectedSecret = "canary_rejected_Zq81mPw0vT";

/** Creates a credential in the form of the profile. A username that is a path parameter is valid in the document. */
export function canaryCredential(
  { auth, pathDefaults = {} }: ProviderProfile,
  operations: readonly DocumentOperation[],
  tools: SchemaToolsOf,
): CanaryCredential {
  if (auth.kind !== "basic") {
    return { value: secret, secret, rejected: rejectedSecret, environment: { [auth.env]: secret } };
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
    rejected: withPassword(rejectedSecret),
    environment: { [auth.username.env]: username, [auth.password.env]: secret },
  };
}
