import { ConfigurationError } from "../errors/connectry-error.js";
import type { Call, CredentialRef, Redact, Tenant } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import type { Secrets, Strategies } from "../pipeline/strategies.js";
import { unlessAborted } from "../platform/abortable.js";
import { boundedMemo } from "../platform/bounded-memo.js";
import type { ProviderProfile } from "../provider/profile.js";
import { providerKey } from "../provider/provider-key.js";
import type { AccountSource, Auth, Credential, CredentialSource } from "./credential-source.js";
import { fieldsOf, readSecrets } from "./read-secrets.js";
import { createRedactor } from "./redact.js";
import { type CallCredential, type RequestCredential, refreshCredential } from "./refresh-credential.js";

/** A call with its credential, and what removes the credential from whatever comes back. */
export interface AuthenticatedCall {
  readonly call: Call;
  readonly redact: Redact;
  /** What the source of the credential makes of the reply. */
  readonly review?: ((reply: Reply) => Reply) | undefined;
}

/** Resolves the owner of a call: a tenant that may be shown, and a credential that may not. */
export interface CredentialResolver {
  /** Path parameters that are part of the credential. Empty values where it is only known during a call. */
  readonly path: Readonly<Record<string, unknown>>;
  /** The tenant of every call, where it is known before a call is made. */
  readonly fixed: Tenant | undefined;
  /** The tenant of calls without a credential, where none is known before a call is made. */
  anonymous(): Tenant;
  /**
   * The tenant of one call, without its credential. Rejects with ConfigurationError where the source has several accounts and the
   * call names none, or has one and the call names any.
   */
  resolveTenant(signal: AbortSignal, account: string | undefined): Promise<Tenant>;
  /** Puts the tenant's credential on a copy of the call: at once, or where the last was rejected, once there is a new one. */
  applyCredential(call: Call, tenant: Tenant): AuthenticatedCall | Promise<AuthenticatedCall>;
}

// As many as may be paused at once: a tenant that is forgotten would have another id, and no pause.
const maxTenants = 100_000;
const maxInFlight = 1_000;

/** Resolves the option `auth`, or else the environment. Credentials are kept here and nowhere else. */
export function createCredentialResolver(
  profile: ProviderProfile,
  auth: Auth | undefined,
  strategies: Strategies,
): CredentialResolver {
  const { auth: scheme, pathDefaults } = profile;
  const provider = providerKey(profile);
  const fields = fieldsOf(scheme);

  const keys = Array.isArray(auth) ? (auth as readonly Credential[]) : undefined;
  const { id, get, getAccount, review }: Partial<CredentialSource & AccountSource> =
    typeof auth === "function" ? { get: auth } : ((auth ?? {}) as Partial<CredentialSource & AccountSource>);
  // Accounts without a name of their own would share limits and cache.
  const isName = (text: unknown): text is string => typeof text === "string" && !!text.trim();
  if (get && typeof auth === "object" && !isName(id)) {
    throw new ConfigurationError("`auth.id` must be a string that is not blank.");
  }
  // A token is the client's that it was exchanged for, as is the next one.
  const ownerOf = (given: unknown) =>
    scheme.kind === "client-credentials" ? (given as { readonly owner?: string } | undefined)?.owner : undefined;
  const keyOf = (secrets: Secrets, account?: string) =>
    (account === undefined ? secrets : [...secrets, account]).join("\n");
  // Those of later calls may be others: each holds a token and what redacts it.
  const inFlight = boundedMemo((_, credential: CallCredential) => credential, {
    size: maxInFlight,
    neededMs: ({ waiting }) => waiting,
  });
  const request: RequestCredential = async (what, account) => {
    const given = keys
      ? keys[(keys.indexOf(what.refused as Credential) + 1) % keys.length]
      : await (account === undefined ? get?.(what) : getAccount?.({ ...what, account }));
    const secrets = readSecrets(fields, given ?? null);
    return inFlight.get(keyOf(secrets, account), { given, secrets, waiting: 0 });
  };
  const first = (signal: AbortSignal, account?: string) =>
    unlessAborted(request({ signal, refresh: false, refused: undefined }, account), signal);

  const credentialOf = new WeakMap<Tenant, CallCredential>();
  // A number of this process distinguishes credentials and reveals nothing about them.
  let count = 0;
  const identities = boundedMemo(
    (key, name: string | undefined): { readonly id: string; readonly credentialRef: CredentialRef } => {
      count += 1;
      return { id: name ?? `tenant ${count}`, credentialRef: { derive: (from) => from(`${provider} ${key}`) } };
    },
    { size: maxTenants },
  );
  const createTenant = (credential: CallCredential): Tenant => {
    const key = id ?? ownerOf(credential.given) ?? keyOf(credential.secrets);
    const tenant = { ...identities.get(key, id), refreshable: !!(get || keys) };
    credentialOf.set(tenant, credential);
    return tenant;
  };

  /** The credential of a tenant that has none yet, or whose last was rejected. */
  const findCredential = async (call: Call, tenant: Tenant): Promise<CallCredential | undefined> => {
    const { account } = tenant;
    let credential = credentialOf.get(tenant);
    if (!credential && account !== undefined) credential = await first(call.signal, account);
    if (!credential || !call.refreshCredential) return credential;
    const rejected = keyOf(credential.secrets, account);
    credential = await refreshCredential(credential, (what) => request(what, account), call.signal);
    // A call to which the source still gives the rejected credential is not in flight with it: it asks again.
    inFlight.drop(rejected);
    return credential;
  };
  const authenticate = (call: Call, tenant: Tenant, credential: CallCredential | undefined): AuthenticatedCall => {
    // A tenant of `toFetch`: the call carries a credential that its caller put there.
    if (!credential) return { call, redact: tenant.redact ?? String };
    const { secrets, given } = credential;
    // A user name is not a secret.
    credential.redact ??= createRedactor(scheme.kind === "basic" ? secrets.slice(-1) : secrets);
    return {
      call: strategies.auth(call, secrets, scheme),
      redact: credential.redact,
      review: review && ((reply) => review(reply, given as Credential, tenant.account as string)),
    };
  };

  const given = keys ? (keys[0] ?? null) : auth;
  const known = get || getAccount ? undefined : readSecrets(fields, given);
  const fixed = known && createTenant({ given: keys?.[0], secrets: known, waiting: 0 });
  return {
    path: strategies.pathDefaults?.(pathDefaults, known ?? [], fields) ?? {},
    fixed,
    anonymous: () => ({ ...identities.get("", undefined), refreshable: false }),
    async resolveTenant(signal, account) {
      if (account === undefined && !getAccount) return fixed ?? createTenant(await first(signal));
      if (getAccount && isName(account)) return { ...identities.get(account, account), refreshable: true, account };
      throw new ConfigurationError("Pass `account`, a string, where `auth` has several accounts, and only there.");
    },
    applyCredential(call, tenant) {
      const known = credentialOf.get(tenant);
      if (known && !call.refreshCredential) return authenticate(call, tenant, known);
      return findCredential(call, tenant).then((found) => {
        if (found) credentialOf.set(tenant, found);
        return authenticate(call, tenant, found);
      });
    },
  };
}
