import type { ProviderProfile } from "./profile.js";

/** Names a provider in the keys of what programs share. The first environment has the id alone, so that naming it changes no key. */
export function providerKey({ id, environment }: Pick<ProviderProfile, "id" | "environment">): string {
  return environment === undefined ? id : `${id}@${environment}`;
}
