import type { GeneratorProfile } from "../generator-profile.js";

/** Parameters that the client sends by itself, so that no caller is asked for them. */
export interface SetByClient {
  /** In lower case. */
  readonly headers: ReadonlySet<string>;
  readonly query: ReadonlySet<string>;
}

/** What a client of this profile sends by itself: credential, version, idempotency key, and what HTTP itself sets. */
export function setByClient(profile: GeneratorProfile): SetByClient {
  const headers = ["accept", "content-type", "content-length", "authorization", ...Object.keys(profile.headers)];
  if (profile.auth.kind === "header" && profile.auth.name !== undefined) headers.push(profile.auth.name);
  if (profile.versionHeader !== undefined) headers.push(profile.versionHeader);
  if (profile.idempotency !== undefined) headers.push(profile.idempotency.header);
  const query = profile.auth.kind === "query" && profile.auth.name !== undefined ? [profile.auth.name] : [];
  return { headers: new Set(headers.map((name) => name.toLowerCase())), query: new Set(query) };
}
