import type { ProviderProfile } from "../connector/profile.js";
import type { Strategies } from "../connector/strategies.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import type { Call, Tenant } from "../pipeline/call.js";
import { environmentVariable } from "../platform/environment.js";
import { heldByKey } from "../platform/held-by-key.js";
import type { Secrets } from "./auth-strategies.js";
import type { Auth, CredentialRequest, CredentialSource } from "./credential-source.js";
import { type Hide, hiding } from "./hide-secrets.js";

/** Who a call is made for: a tenant that may be shown, and a credential that may not. */
export interface Identities {
  /** Path parameters that stand in the credential itself, as far as it is known before a call is made. */
  readonly path: Readonly<Record<string, unknown>>;
  /** The tenant of every call, where it is known before one is made. */
  readonly fixed: Tenant | undefined;
  /** The tenant of one call; its credential stays behind. */
  identify(signal: AbortSignal): Promise<Tenant>;
  /**
   * A copy of the call with its tenant's credential, asking for a new one first where the last was refused; and what
   * takes that credential out of whatever comes back.
   */
  sign(call: Call, tenant: Tenant): Promise<{ readonly signed: Call; readonly hide: Hide }>;
}

/** Turns the option `auth` (or the environment) into identities. Credentials are held here and nowhere else. */
export function createIdentities(
  { id: providerId, name: provider, auth: scheme, pathDefaults }: ProviderProfile,
  auth: Auth | undefined,
  strategies: Strategies,
): Identities {
  const fields: readonly { readonly env: string; readonly name?: string }[] =
    scheme.kind === "basic" ? [scheme.username, scheme.password] : [{ env: scheme.env }];

  // What is wrong with a credential is found here, and never shown. Undefined is the environment's.
  const secretsOf = (credential: unknown): Secrets =>
    fields.map(({ name, env }) => {
      const value =
        credential === undefined
          ? environmentVariable(env)
          : name
            ? (credential as Record<string, unknown> | null)?.[name]
            : credential;
      // A header cannot carry anything else, and fetch would show the value.
      if (typeof value === "string" && /^[ -~\x80-\xff]+$/.test(value)) return value;
      const variables = fields.map((field) => (field.name ? `${field.env} (${field.name})` : field.env)).join(" and ");
      throw new ConfigurationError(
        `No usable credential for ${provider}: give \`auth\`, or set ${variables}, in one line.`,
      );
    });

  const { id, get }: Partial<CredentialSource> =
    typeof auth === "function" ? { get: auth } : ((auth ?? {}) as Partial<CredentialSource>);
  const ask = async (request: CredentialRequest) => secretsOf((await get?.(request)) ?? null);

  const held = new WeakMap<Tenant, Secrets>();
  // A number of this process tells credentials apart, and shows nothing of them.
  let count = 0;
  const nameOf = heldByKey((key): Pick<Tenant, "id" | "derive"> => {
    count += 1;
    return { id: id ?? `tenant ${count}`, derive: (from) => from(`${providerId} ${key}`) };
  });
  const createTenant = (secrets: Secrets): Tenant => {
    const tenant = { ...nameOf(id ?? secrets.join("\n")), refreshable: !!get };
    held.set(tenant, secrets);
    return tenant;
  };

  const known = get ? undefined : secretsOf(auth);
  const fixed = known && createTenant(known);
  return {
    path: strategies.pathDefaults?.(pathDefaults, known ?? [], fields) ?? {},
    fixed,
    identify: async (signal) => fixed ?? createTenant(await ask({ signal, refresh: false })),
    async sign(call, tenant) {
      const { signal, refreshCredential: refresh } = call;
      if (refresh) held.set(tenant, await ask({ signal, refresh }));
      const secrets = held.get(tenant)!;
      return { signed: strategies.auth(call, secrets, scheme), hide: hiding(secrets) };
    },
  };
}
