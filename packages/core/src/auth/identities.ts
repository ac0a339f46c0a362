import type { ProviderProfile } from "../connector/profile.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import type { Call, Tenant } from "../pipeline/call.js";
import { environmentVariable } from "../platform/environment.js";
import { applySecrets, type Secrets } from "./apply-secrets.js";
import type { Auth, CredentialRequest, CredentialSource } from "./credential-source.js";
import { type Hide, hiding } from "./hide-secrets.js";

const maxRemembered = 10_000;

/** Who a call is made for: a tenant that may be shown, and a credential that may not. */
export interface Identities {
  /** Path parameters that stand in the credential itself, as far as it is known before a call is made. */
  readonly path: Readonly<Record<string, unknown>>;
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
  { id: providerId, name: provider, auth: scheme, pathDefaults = {} }: ProviderProfile,
  auth: Auth | undefined,
): Identities {
  const fields: readonly { readonly env: string; readonly name?: string }[] =
    scheme.kind === "basic" ? [scheme.username, scheme.password] : [{ env: scheme.env }];

  // What is wrong with a credential is found here, and never shown.
  const check = (value: unknown): string => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a header cannot carry them, and fetch would show the value
    if (typeof value === "string" && /^[^\u0000-\u001f\u007f\u0100-\uffff]+$/.test(value)) return value;
    const shape = scheme.kind === "basic" ? `{ ${fields.map(({ name }) => name).join(", ")} }` : "a string";
    const variables = fields.map(({ env }) => env).join(" and ");
    throw new ConfigurationError(
      `No usable credential for ${provider}: give \`auth\` as ${shape}, or set ${variables}; without line breaks.`,
    );
  };
  const secretsOf = (credential: unknown): Secrets =>
    fields.map(({ name }) => check(name ? (credential as Record<string, unknown> | null)?.[name] : credential));

  const { id, get } =
    typeof auth === "function" ? { id: undefined, get: auth } : ((auth ?? {}) as Partial<CredentialSource>);
  const ask = async (request: CredentialRequest) => secretsOf(await get?.(request));

  const held = new WeakMap<Tenant, Secrets>();
  // A number of this process tells credentials apart, and shows nothing of them.
  const names = new Map<string, Pick<Tenant, "id" | "derive">>();
  let count = 0;
  const createTenant = (secrets: Secrets): Tenant => {
    const key = id ?? secrets.join("\n");
    let name = names.get(key);
    if (name === undefined) {
      name = { id: id ?? `tenant ${++count}`, derive: (from) => from(`${providerId} ${key}`) };
      if (names.size >= maxRemembered) names.clear();
      names.set(key, name);
    }
    const tenant = { ...name, refreshable: get !== undefined };
    held.set(tenant, secrets);
    return tenant;
  };
  const fromEnvironment = () => fields.map(({ env }) => check(environmentVariable(env)));
  const fixed = get ? undefined : createTenant(auth === undefined ? fromEnvironment() : secretsOf(auth));

  const known = fixed && held.get(fixed);
  const namedIn = (name: string) => known?.[fields.findIndex((field) => field.name === name)];
  return {
    path: Object.fromEntries(Object.entries(pathDefaults).map(([parameter, name]) => [parameter, namedIn(name)])),
    identify: async (signal) => fixed ?? createTenant(await ask({ signal, refresh: false })),
    async sign(call, tenant) {
      if (call.refreshCredential) held.set(tenant, await ask({ signal: call.signal, refresh: true }));
      const secrets = held.get(tenant)!;
      return { signed: applySecrets(scheme, secrets, call), hide: hiding(secrets) };
    },
  };
}
