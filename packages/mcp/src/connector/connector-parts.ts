import {
  type AnyConnector,
  allStrategies,
  type Call,
  type CallInit,
  type Credential,
  createConnector,
  type Operation,
  type Pages,
  type PaginateRequestInit,
  type PathIndex,
  type ProviderFacts,
  type ProviderProfile,
  type SafeResult,
  type Strategies,
  type Tenant,
} from "@connectry/core";
import { connectorInternals } from "@connectry/core/internal";
import { tokenExchange } from "@connectry/core/oauth";
import type { AgentOptions, ConnectorSource } from "../options/agent-options.js";

/** What is read of a connector's internals. */
interface Internals {
  readonly profile: ProviderProfile;
  readonly facts: ProviderFacts;
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: { readonly deadlineMs: number };
  readonly operationOf: (method: string, path: string) => Operation;
  readonly credentials: {
    readonly path: Readonly<Record<string, unknown>>;
    resolveTenant(signal: AbortSignal, account: string | undefined): Promise<Tenant>;
    applyCredential(call: Call, tenant: Tenant): Promise<{ readonly redact: (text: string) => string }>;
  };
}

/** The calls of a connector that are made here. */
export interface CallingConnector {
  readonly safe: Readonly<Record<string, (path: string, init: CallInit) => Promise<SafeResult<unknown, unknown>>>>;
  paginateRequest(path: string, init: PaginateRequestInit): Pages<unknown, unknown>;
}

/** A connector, and what it is made of. */
export interface ConnectorParts extends Internals {
  readonly connector: CallingConnector;
}

/** What is where nothing sends a credential. */
export const placeholder = "connectry-placeholder";

/** A credential of a provider's form that opens nothing. */
export function placeholderCredential({ auth }: ProviderProfile, username: string = placeholder): Credential {
  if (auth.kind === "basic") return { [auth.username.name]: username, [auth.password.name]: placeholder };
  if (auth.kind !== "parts" || auth.parts.length === 1) return placeholder;
  return Object.fromEntries(auth.parts.map(({ name }) => [name, placeholder]));
}

/** The strategies of any profile. */
export function strategiesOf(profile: ProviderProfile): Strategies {
  return { ...allStrategies(profile), ...(profile.auth.kind === "client-credentials" && { tokenExchange }) };
}

/**
 * Reads a connector, or creates one of a profile and facts. Throws ConfigurationError where its credential is missing, unless nothing is
 * sent.
 */
export function readConnector(source: ConnectorSource, { dryRun }: Pick<AgentOptions, "dryRun">): ConnectorParts {
  const connector =
    "profile" in source
      ? createConnector<PathIndex>(
          { profile: source.profile, facts: source.facts, strategies: strategiesOf(source.profile) },
          {
            baseUrl: source.baseUrl,
            ...(source.environment !== undefined && { environment: source.environment }),
            ...(dryRun && { auth: placeholderCredential(source.profile) }),
          },
        )
      : (source as AnyConnector);
  const internals = connector[connectorInternals] as Internals;
  return { ...internals, connector: connector as unknown as CallingConnector };
}
