import { createRedactor } from "../../auth/redact.js";
import { ConfigurationError } from "../../errors/connectry-error.js";
import type { Call, Tenant } from "../../pipeline/call.js";
import { type BoundedMemo, boundedMemo } from "../../platform/bounded-memo.js";
import { credentialNames } from "../../provider/auth-scheme.js";
import { providerKey } from "../../provider/provider-key.js";
import type { ConnectorInternals } from "../internals.js";
import type { ToFetchOptions } from "./fetch-options.js";

/** A request before it is sent: its caller's credential may be in the headers, or in the query. */
export interface CredentialCarrier {
  readonly url: URL;
  readonly headers: Headers;
}

/** A credential without the name of its scheme: `Bearer`, or GitHub's `token`. */
const withoutScheme = (text: string) => text.replace(/^\S+ /, "");

let count = 0;
// By connector: one tenant for each credential, whichever function of `toFetch` receives it.
const callers = new WeakMap<object, BoundedMemo<Tenant>>();

/** What must not be shown of credentials, one a line: each without its scheme, and the password of Basic. */
function secretsOf(credentials: string): readonly string[] {
  return credentials.split("\n").flatMap((line) => {
    const secret = withoutScheme(line);
    const isBasic = /^basic /i.test(line) && /^[\w+/]+={0,2}$/.test(secret) && secret.length % 4 === 0;
    return isBasic ? [secret, atob(secret).replace(/^[^:]*:/, "")] : [secret];
  });
}

/** The owner of a request with a credential of its own. */
function createCaller(provider: string, credential: string): Tenant {
  count += 1;
  const credentialRef: Tenant["credentialRef"] = { derive: (from) => from(`${provider} ${credential}`) };
  return { id: `caller ${count}`, refreshable: false, credentialRef, redact: createRedactor(secretsOf(credential)) };
}

/** Reads and changes where the credential of a scheme is in a request. */
function createLocation({ auth }: ConnectorInternals["profile"]) {
  const parameters = credentialNames(auth, "query");
  const names = [...new Set([...credentialNames(auth, "header"), "authorization"])];
  return {
    /** The text of the credential; empty where the request has none. */
    read: ({ url, headers }: CredentialCarrier) =>
      [...parameters.map((name) => url.searchParams.get(name)), ...names.map((name) => headers.get(name))]
        .filter((value) => value)
        .join("\n"),
    remove({ url, headers }: CredentialCarrier) {
      // Writes the query anew, so only where there is one of them.
      for (const name of parameters) if (url.searchParams.has(name)) url.searchParams.delete(name);
      for (const name of names) headers.delete(name);
    },
  };
}

/** Creates the function that finds the caller whose own credential a request keeps, and removes any other from the request. */
export function createCallerCredential(
  { profile, credentials }: ConnectorInternals,
  mode: ToFetchOptions["callerCredential"] = "reject",
): (request: CredentialCarrier) => Promise<Tenant | undefined> {
  if (!/^(reject|replace|keep)$/.test(mode)) {
    throw new ConfigurationError(`toFetch: callerCredential must be "reject", "replace" or "keep", got ${mode}.`);
  }
  const location = createLocation(profile);
  const memo = callers.get(credentials) ?? boundedMemo((credential) => createCaller(providerKey(profile), credential));
  callers.set(credentials, memo);

  /** The text of the connector's own credential; undefined where only its function knows it. */
  const ownCredential = async () => {
    const { fixed } = credentials;
    if (!fixed) return undefined;
    const empty = { url: "https://localhost/", headers: {}, refreshCredential: false };
    const { call } = await credentials.applyCredential(empty as Call, fixed);
    return location.read({ url: new URL(call.url), headers: new Headers(call.headers) });
  };

  return async (request) => {
    const credential = location.read(request);
    if (!credential) return undefined;
    const own = mode === "replace" ? credential : await ownCredential();
    if (own === undefined || withoutScheme(credential) !== withoutScheme(own)) {
      if (mode === "keep") return memo.get(credential);
      throw new ConfigurationError(
        `toFetch: the request has a credential that is not the connector's: give both the same one, or set \`callerCredential\` to "replace" (the connector's is sent) or "keep" (that of the request is sent).`,
      );
    }
    location.remove(request);
    return undefined;
  };
}
