import type { AuthScheme } from "../connector/profile.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import type { Tenant } from "../pipeline/call.js";
import { environmentVariable } from "../platform/environment.js";
import { applyCredential } from "./apply-credential.js";
import type { Auth, Credential, CredentialFunction, CredentialSource } from "./credential-source.js";
import { createTenantIds } from "./tenant-id.js";

/** Who a call is made for: a tenant that may be shown, and a credential that may not. */
export interface Identities {
  /** The tenant of one call; its credential stays behind. */
  identify(signal: AbortSignal): Promise<Tenant>;
  /** Puts the tenant's credential on a request, asking for a new one first where the last was refused. */
  authenticate(tenant: Tenant, url: string, headers: Headers, refresh: boolean, signal: AbortSignal): Promise<string>;
}

function isSource(auth: Auth): auth is CredentialSource {
  return typeof auth === "object" && typeof (auth as unknown as CredentialSource).get === "function";
}

function fromEnvironment(provider: string, scheme: AuthScheme): Credential {
  const read = (name: string) => {
    const value = environmentVariable(name);
    if (value !== undefined) return value;
    throw new ConfigurationError(
      `No credential for ${provider}: set the environment variable ${name}, or give the option \`auth\`.`,
    );
  };
  if (scheme.kind !== "basic") return read(scheme.env);
  return {
    [scheme.username.name]: read(scheme.username.env),
    [scheme.password.name]: read(scheme.password.env),
  };
}

/** Turns the option `auth` (or the environment) into identities. Credentials are held here and nowhere else. */
export function createIdentities(provider: string, scheme: AuthScheme, auth: Auth | undefined): Identities {
  const given = auth ?? fromEnvironment(provider, scheme);
  const get: CredentialFunction | undefined =
    typeof given === "function" ? given : isSource(given) ? given.get : undefined;
  const fixedId = typeof given === "object" && isSource(given) ? given.id : undefined;
  const credentials = new WeakMap<Tenant, Credential>();
  const tenantIds = createTenantIds();

  const createTenant = async (credential: Credential): Promise<Tenant> => {
    const tenant = { id: fixedId ?? (await tenantIds(credential)), refreshable: get !== undefined };
    credentials.set(tenant, credential);
    return tenant;
  };
  // Checked before the first call, so that a wrong shape is found where it was written.
  const fixed = get === undefined ? (given as Credential) : undefined;
  if (fixed !== undefined) applyCredential(provider, scheme, fixed, "https://check.invalid", new Headers());
  let fixedTenant: Promise<Tenant> | undefined;

  return {
    async identify(signal) {
      if (get !== undefined) return createTenant(await get({ signal, refresh: false }));
      fixedTenant ??= createTenant(fixed as Credential);
      return fixedTenant;
    },
    async authenticate(tenant, url, headers, refresh, signal) {
      let credential = credentials.get(tenant) as Credential;
      if (refresh && get !== undefined) {
        credential = await get({ signal, refresh: true });
        credentials.set(tenant, credential);
      }
      return applyCredential(provider, scheme, credential, url, headers);
    },
  };
}
