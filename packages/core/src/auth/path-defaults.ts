import type { PathDefaults } from "../pipeline/strategies.js";

/** Takes each parameter that the profile names from the credential's value of that name. */
export const pathDefaults: PathDefaults = (facts = {}, secrets, fields) => {
  const defaults: Record<string, unknown> = {};
  for (const parameter of Object.keys(facts))
    defaults[parameter] = secrets[fields.findIndex(({ name }) => name === facts[parameter])];
  return defaults;
};
