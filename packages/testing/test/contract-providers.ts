import {
  allStrategies,
  type ConnectorOptions,
  createConnector,
  type PathIndex,
  type ProviderFacts,
  type ProviderProfile,
} from "@connectry/core";
import { tokenExchange } from "@connectry/core/oauth";
import type { ContractConnector, Create } from "../src/contract/contract-options.js";
import { acmeDocument, acmeProfile } from "./acme.js";
import { relayDocument, relayProfile } from "./relay.js";

/** The facts of a document without exceptions. */
export const noFacts: ProviderFacts = { version: "2024-04-10", operations: {}, pages: {} };

const acmeFacts: ProviderFacts = {
  ...noFacts,
  operations: {
    "GET /widgets": { query: { range: "brackets", tags: "comma" } },
    "PUT /widgets/{id}/manual": { body: "multipart", response: "any" },
    "GET /files/{path}": { multiSegment: ["path"], response: "any" },
  },
};
const relayFacts: ProviderFacts = {
  ...noFacts,
  operations: { "GET /archive": { response: "any" } },
  pages: { "/accounts/{Account}/Messages.json": { style: 1 } },
};

/** The profile of Acme, with a retry rule of every kind. */
export const acme: ProviderProfile = {
  ...acmeProfile,
  versionHeader: "x-acme-version",
  retry: {
    shouldRetryHeader: "x-acme-retry",
    rules: [
      { when: { status: 409 }, verdict: "transient" },
      { when: { status: 420, headers: { "retry-after": true } }, verdict: "throttled" },
      { when: { status: 400, body: { at: ["code"], oneOf: ["TOKEN_OLD"] } }, verdict: "reauthenticate" },
      {
        when: { status: 503, body: { at: ["reason"], contains: "moving" } },
        verdict: "transient",
        waitMs: 5_000,
        notApplied: true,
      },
      { when: { status: 500, body: { at: ["code"], equals: "BROKEN" } }, verdict: "failed" },
      { when: { status: 404, headers: { "x-acme-none": "1" } }, verdict: "success" },
    ],
  },
};

/** Acme, if its lists were only paged where the page size is sent, as Asana's. */
const asking: ProviderProfile = {
  ...acme,
  pagination: acme.pagination?.map((style) => ({ ...style, ask: { in: "query", name: "limit", value: 3 } })) ?? [],
};

/** The arguments of the contract for each provider. */
export const providers = {
  acme: { profile: acme, facts: acmeFacts, documents: [acmeDocument] },
  asking: { profile: asking, facts: acmeFacts, documents: [acmeDocument] },
  relay: { profile: relayProfile, facts: relayFacts, documents: [relayDocument] },
};

/** The arguments of the contract for one provider. */
export type Provider = (typeof providers)[keyof typeof providers];

/** Creates connectors of a provider with changes to its profile, or wrapped by a function. */
export function creator(
  { profile, facts }: Pick<Provider, "facts"> & { readonly profile: ProviderProfile },
  changes: Partial<ProviderProfile> = {},
  wrap = (connector: ContractConnector) => connector,
): Create {
  const changed = { ...profile, ...changes };
  const exchange = changed.auth.kind === "client-credentials" && { tokenExchange };
  const definition = { profile: changed, facts, strategies: { ...allStrategies(changed), ...exchange } };
  return (options: ConnectorOptions) =>
    wrap(createConnector<PathIndex>(definition, options) as unknown as ContractConnector);
}
