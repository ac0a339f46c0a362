import type { ProviderProfile } from "../connector/profile.js";
import type { Secrets } from "./auth-strategies.js";

/** The path parameters that stand in the credential itself, as far as it is known. `fields` names its secrets in order. */
export type PathDefaults = (
  facts: ProviderProfile["pathDefaults"],
  secrets: Secrets,
  fields: readonly { readonly name?: string }[],
) => Readonly<Record<string, unknown>>;

/** Each parameter that the profile names, from the credential's value of that name. */
export const pathDefaults: PathDefaults = (facts = {}, secrets, fields) => {
  const defaults: Record<string, unknown> = {};
  for (const parameter of Object.keys(facts))
    defaults[parameter] = secrets[fields.findIndex(({ name }) => name === facts[parameter])];
  return defaults;
};
