import type { ContractConnector, Create } from "../src/contract/contract-options.js";
import { acmeProfile } from "./acme.js";
import { acme, creator, type Provider, providers } from "./contract-providers.js";
import { relayProfile } from "./relay.js";

const { retry, errors } = acme;
const withoutRule = (index: number) => ({ retry: { ...retry, rules: retry?.rules?.toSpliced(index, 1) ?? [] } });
const withCall = (provider: Provider, change: (call: ContractConnector["call"]) => ContractConnector["call"]) =>
  creator(provider, {}, (connector) => ({ ...connector, call: change(connector.call) }));

/** A connector with one defect, and the checks that detect it. */
export interface FaultyConnector {
  readonly title: string;
  readonly provider: Provider;
  readonly create: Create;
  /** The names of the checks that must fail. */
  readonly checks: RegExp;
}

/** One connector for each promise of the contract. */
export const faultyConnectors: readonly FaultyConnector[] = [
  {
    title: "sends its credential in another header",
    provider: providers.acme,
    create: creator(providers.acme, { auth: { kind: "header", name: "x-key", env: "ACME_KEY" } }),
    checks: /^the credential of an option/,
  },
  {
    title: "reads another environment variable",
    provider: providers.acme,
    create: creator(providers.acme, { auth: { kind: "header", name: "X-Acme-Key", env: "OTHER" } }),
    checks: /^creating a connector without a credential/,
  },
  {
    title: "sends no version",
    provider: providers.acme,
    create: creator(providers.acme, { versionHeader: "x-version" }),
    checks: /^x-acme-version is sent/,
  },
  {
    title: "reads messages at another path",
    provider: providers.acme,
    create: creator(providers.acme, { errors: { ...errors, message: ["message"] } }),
    checks: /^(an error has the class|every error of the documents|a request that the provider rejects)/,
  },
  {
    title: "reads codes at another path",
    provider: providers.acme,
    create: creator(providers.acme, { errors: { ...errors, code: ["error"] } }),
    checks: /^an error has the class/,
  },
  {
    title: "reads request ids at another path",
    provider: providers.acme,
    create: creator(providers.acme, { errors: { ...errors, requestId: ["id"] } }),
    checks: /^an error has the class/,
  },
  {
    title: "maps no code to a status",
    provider: providers.relay,
    create: creator(providers.relay, { errors: { ...relayProfile.errors, statuses: {} } }),
    checks: /codes in a 200/,
  },
  {
    title: "does not detect errors in a 200",
    provider: providers.relay,
    create: creator(providers.relay, { retry: {} }),
    checks: /^(a rejected credential is|a request that the provider rejects)/,
  },
  {
    title: "sends no idempotency key",
    provider: providers.acme,
    create: creator(providers.acme, { idempotency: undefined } as never),
    checks: /^(every write has|a write that may have been applied|an idempotency key of the caller)/,
  },
  {
    title: "sends idempotency keys that the provider does not support",
    provider: providers.relay,
    create: creator(providers.relay, { idempotency: { header: "k", methods: ["POST"] } }),
    checks: /^(an idempotency key is rejected|a write that may have)/,
  },
  {
    title: "accepts longer idempotency keys than the provider",
    provider: providers.acme,
    create: creator(providers.acme, { idempotency: { header: "Idempotency-Key", methods: ["POST"] } }),
    checks: /^an idempotency key of the caller/,
  },
  {
    title: "ignores the verdict header",
    provider: providers.acme,
    create: creator(providers.acme, { retry: { rules: retry?.rules ?? [] } }),
    checks: /^x-acme-retry overrides/,
  },
  {
    title: "does not retry a 409",
    provider: providers.acme,
    create: creator(providers.acme, withoutRule(0)),
    checks: /^retry rule 1/,
  },
  {
    title: "does not detect a rate limit",
    provider: providers.acme,
    create: creator(providers.acme, withoutRule(1)),
    checks: /^(retry rule 2|a used-up quota)/,
  },
  {
    title: "does not detect an expired token",
    provider: providers.acme,
    create: creator(providers.acme, withoutRule(2)),
    checks: /^retry rule 3/,
  },
  {
    title: "waits for too short a time",
    provider: providers.acme,
    create: creator(providers.acme, withoutRule(3)),
    checks: /^retry rule 4/,
  },
  {
    title: "retries a permanent failure",
    provider: providers.acme,
    create: creator(providers.acme, withoutRule(4)),
    checks: /^retry rule 5/,
  },
  {
    title: "takes a success for a failure",
    provider: providers.acme,
    create: creator(providers.acme, withoutRule(5)),
    checks: /^retry rule 6/,
  },
  {
    title: "never retries",
    provider: providers.acme,
    create: withCall(providers.acme, (call) => (operation, init) => call(operation, { ...init, maxAttempts: 1 })),
    checks: /^(retry waits at least|a 503 is retried)/,
  },
  {
    title: "stops after the first page",
    provider: providers.acme,
    create: creator(providers.acme, {
      pagination: [{ ...acmeProfile.pagination?.[0], from: { body: ["next"] } } as never],
    }),
    checks: /is iterated to its end$/,
  },
  {
    title: "does not ask for pages where the provider needs it",
    provider: providers.asking,
    create: creator(providers.asking, { pagination: acmeProfile.pagination ?? [] }),
    checks: /is asked for in pages, by limit$/,
  },
  {
    title: "reads items at another path",
    provider: providers.acme,
    create: creator(providers.acme, { pagination: [{ ...acmeProfile.pagination?.[0], items: ["data"] } as never] }),
    checks: /is iterated to its end$/,
  },
  {
    title: "reads pages after the last one",
    provider: providers.relay,
    create: creator(providers.relay, {
      pagination: [
        { kind: "page-number", items: "by-path", into: { in: "query", name: "page" }, first: 1 },
        relayProfile.pagination?.[1],
      ] as never,
    }),
    checks: /Link header (is iterated|ends with)/,
  },
  {
    title: "ignores next pages on another origin",
    provider: providers.relay,
    create: creator(providers.relay, {}, (connector) => ({
      ...connector,
      paginate: () => ({ async *[Symbol.asyncIterator]() {}, pages: async function* () {} }),
    })),
    checks: /not followed to another origin$/,
  },
  {
    title: "has the credential in its errors",
    provider: providers.acme,
    create: withCall(
      providers.acme,
      (call) => (operation, init) =>
        call(operation, init).catch((error) => {
          error.hint = "canary_4eC39HqL/yjWDarjtT1zdp7dc";
          throw error;
        }),
    ),
    checks: /^no error contains/,
  },
  {
    title: "has the credential as a visible member",
    provider: providers.acme,
    create: (options) => ({ ...creator(providers.acme)(options), key: options.auth }) as never,
    checks: /^the credential is not visible/,
  },
  {
    title: "sends its credential to another origin",
    provider: providers.acme,
    create: (options) =>
      creator(providers.acme)({ ...options, fetch: (url, init) => fetch(url, { ...init, redirect: "follow" }) }),
    checks: /^a redirect to another origin/,
  },
  {
    title: "drops unknown members",
    provider: providers.acme,
    create: withCall(providers.acme, (call) => async (operation, init) => {
      const { data, response } = await call(operation, init);
      const { connectry_unknown: _, ...known } = data as Record<string, unknown>;
      return { data: known, response };
    }),
    checks: /^members and enumerated values/,
  },
  {
    title: "reads all responses as JSON",
    provider: providers.acme,
    create: withCall(providers.acme, (call) => async (operation, init) => {
      const { data, response } = await call(operation, init);
      return { data: data instanceof Uint8Array ? "" : data, response };
    }),
    checks: /^(a response of another media type|every operation)/,
  },
  {
    title: "encodes bodies in another form",
    provider: providers.acme,
    create: creator(providers.acme, { body: "form-repeat" }),
    checks: /^every operation/,
  },
  {
    title: "encodes queries in another style",
    provider: providers.acme,
    create: creator(providers.acme, { query: "brackets" }),
    checks: /^every operation/,
  },
  {
    title: "drops a member of a body",
    provider: providers.acme,
    create: withCall(providers.acme, (call) => (operation, init) => {
      const { price: _, ...body } = (init?.body ?? {}) as Record<string, unknown>;
      return call(operation, init?.body instanceof Object && !(init.body instanceof Blob) ? { ...init, body } : init);
    }),
    checks: /^every operation/,
  },
];
