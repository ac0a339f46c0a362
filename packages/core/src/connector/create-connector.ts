import { createIdentities } from "../auth/identities.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import { type Page, walkPages } from "../pagination/paginate.js";
import { defaultPipeline } from "../pipeline/default-pipeline.js";
import { systemClock } from "../platform/clock.js";
import { exchange } from "../transport/exchange.js";
import { fetchTransport } from "../transport/fetch-transport.js";
import { type CallInit, createCallSender } from "./call-sender.js";
import { connectorFetch } from "./connector-fetch.js";
import { mergeHeaders } from "./merge-headers.js";
import { createOperations } from "./operations.js";
import {
  type ConnectorOptions,
  callKeys,
  connectorKeys,
  limitDefaults,
  type PaginateOptions,
  readOptions,
} from "./options.js";
import type { PageFacts, ProviderFacts, ProviderProfile } from "./profile.js";
import { readPath } from "./read-path.js";
import { createStartCall } from "./start-call.js";
import type { Connector, PathIndex } from "./typed-client.js";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;

type Send = (method: string, path: string, init?: CallInit) => Promise<unknown>;

/** Every way to name an operation, on top of one function. */
function methodsOf(send: Send): Record<string, unknown> {
  const named = methods.map((method) => [method, (path: string, init?: CallInit) => send(method, path, init)]);
  const call = ({ method, path }: { method: string; path: string }, init?: CallInit) => send(method, path, init);
  return { ...Object.fromEntries(named), call };
}

/**
 * Makes a typed client of a provider from its profile (what we know), its facts (what its document says) and the
 * user's options. Throws ConfigurationError for an unknown option, a missing credential or an unsafe base URL.
 */
export function createConnector<E extends PathIndex>(
  profile: ProviderProfile,
  facts: ProviderFacts,
  options: ConnectorOptions = {},
): Connector<E> {
  const numbers = { ...limitDefaults, concurrency: 50, maxQueued: 10_000 };
  const keys = profile.versionHeader ? [...connectorKeys, "apiVersion"] : connectorKeys;
  const { concurrency, maxQueued, ...limits } = readOptions(options, numbers, keys, profile.name);
  const {
    clock = systemClock,
    random = Math.random,
    policies = {},
    auth,
    baseUrl,
    rateLimit,
    circuitBreaker,
  } = options;
  const cache = options.cache?.attach({ profile, clock, random });
  const headers = mergeHeaders(
    { "user-agent": `connectry-${profile.id}` },
    profile.headers,
    profile.versionHeader ? { [profile.versionHeader]: options.apiVersion ?? facts.version } : undefined,
    options.headers,
    // A body brings its own.
    { "content-type": null },
  );
  const operationOf = createOperations(profile, facts, baseUrl);
  const identities = createIdentities(profile, auth);
  const transport = exchange(options.transport ?? fetchTransport(options.fetch), clock);
  const pipeline = defaultPipeline({
    profile,
    identities,
    policies,
    rateLimit,
    circuitBreaker,
    cache: cache?.policy,
    clock,
    random,
    transport,
    concurrency,
    maxQueued,
  });
  const startCall = createStartCall(pipeline, clock);
  const sendCall = createCallSender(profile, { headers, path: identities.path }, startCall, clock);

  const sender =
    (safe: boolean, stream: boolean): Send =>
    async (method, path, init = {}) => {
      const operation = operationOf(method, path);
      const outcome = await sendCall({
        operation,
        init,
        limits: readOptions(init, limits, callKeys, operation.id),
        stream,
      });
      if (outcome.error && !safe) throw outcome.error;
      return outcome;
    };

  const paginate = (path: string, init: CallInit & PaginateOptions = {}) => {
    const { method = "GET", style: index = 0, items }: PageFacts = readPath(facts.pages, [path]) ?? {};
    const operation = operationOf(method, path);
    const style = profile.pagination?.[index];
    if (style === undefined) throw new ConfigurationError(`${profile.name} has no lists that can be paginated.`);
    const walk = {
      operation,
      style: items === undefined ? style : { ...style, items },
      init,
      limits: readOptions(init, { ...limits, maxPages: Infinity, totalDeadlineMs: Infinity }, callKeys, operation.id),
      send: sendCall,
      clock,
    };
    const each = (pick: (page: Page) => readonly unknown[]) =>
      async function* () {
        for await (const page of walkPages(walk)) yield* pick(page);
      };
    return { [Symbol.asyncIterator]: each(({ items }) => items), pages: each(({ page }) => [page]) };
  };

  const connector = {
    ...methodsOf(sender(false, false)),
    safe: methodsOf(sender(true, false)),
    stream: methodsOf(sender(false, true)),
    paginate,
    cache: cache ?? { invalidate: async () => {} },
    fetch: connectorFetch({ operationOf, startCall, limits, headers }),
  };
  return connector as unknown as Connector<E>;
}
