import type { GeneratorProfile } from "../profile/generator-profile.js";

/** The parameters that the client itself sends, so that callers do not pass them. */
export interface SetByClient {
  /** Header names in lower case. */
  readonly headers: ReadonlySet<string>;
  readonly query: ReadonlySet<string>;
}

/**
 * The parameters that a client with this profile sends: credential, version, idempotency key, and the headers of HTTP.
 */
export function setByClient(profile: GeneratorProfile): SetByClient {
  const headers = ["accept", "content-type", "content-length", "authorization", ...Object.keys(profile.headers)];
  if (profile.auth.kind === "header" && profile.auth.name !== undefined) headers.push(profile.auth.name);
  const partsIn = (where: string) => profile.auth.parts.filter(({ place }) => place === where).map(({ name }) => name);
  headers.push(...partsIn("header"));
  if (profile.versionHeader !== undefined) headers.push(profile.versionHeader);
  if (profile.idempotency?.header !== undefined) headers.push(profile.idempotency.header);
  const query =
    profile.auth.kind === "query" && profile.auth.name !== undefined ? [profile.auth.name] : partsIn("query");
  return { headers: new Set(headers.map((name) => name.toLowerCase())), query: new Set(query) };
}
