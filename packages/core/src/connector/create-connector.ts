import { createIdentities } from "../auth/identities.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import { walkPages } from "../pagination/paginate.js";
import { defaultPipeline } from "../pipeline/default-pipeline.js";
import { systemClock } from "../platform/clock.js";
import { createJudge } from "../retry/classify.js";
import { exchange } from "../transport/exchange.js";
import { fetchTransport } from "../transport/fetch-transport.js";
import { type CallInit, createCallSender } from "./call-sender.js";
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
import type { Strategies } from "./strategies.js";
import type { Connector, PathIndex } from "./typed-client.js";

const methods = "GET POST PUT PATCH DELETE HEAD OPTIONS".split(" ");

type Send = (method: string, path: string, init?: CallInit) => Promise<unknown>;

/** Every way to name an operation, on top of one function. */
function methodsOf(send: Send): Record<string, unknown> {
  const call = ({ method, path }: { method: string; path: string }, init?: CallInit) => send(method, path, init);
  return { ...Object.fromEntries(methods.map((method) => [method, send.bind(undefined, method)])), call };
}

/**
 * Makes a typed client of a provider from its profile (what we know), its facts (what its document says), the strategies
 * that the two name, and the user's options. Throws ConfigurationError for an unknown option, a missing credential or an unsafe base URL.
 */
export function createConnector<E extends PathIndex>(
  profile: ProviderProfile,
  facts: ProviderFacts,
  strategies: Strategies,
  options: ConnectorOptions = {},
): Connector<E> {
  const numbers = { ...limitDefaults, concurrency: 50, maxQueued: 10_000 };
  const { name, versionHeader, idempotency } = profile;
  const keys = versionHeader ? [...connectorKeys, "apiVersion"] : connectorKeys;
  const keysOfCall = idempotency ? [...callKeys, "idempotencyKey"] : callKeys;
  const { concurrency, maxQueued, ...limits } = readOptions(options, numbers, keys, name);
  const { clock = systemClock, random = Math.random, baseUrl } = options;
  const judge = createJudge(profile.retry, strategies);
  const context = { profile, judge, clock, random };
  const headers = mergeHeaders(
    {
      "user-agent": `connectry-${profile.id}`,
      ...profile.headers,
      ...(versionHeader && { [versionHeader]: options.apiVersion ?? facts.version }),
    },
    options.headers,
    // A body brings its own.
    { "content-type": null },
  );
  const operationOf = createOperations(profile, facts, baseUrl);
  const identities = createIdentities(profile, options.auth, strategies);
  const cache = options.cache?.attach({ ...context, headers, tenant: identities.fixed });
  const transport = exchange(options.transport ?? fetchTransport(options.fetch), clock);
  const slots = { concurrency, maxQueued };
  const pipeline = defaultPipeline(context, strategies, identities, options, slots, cache?.policy, transport);
  const startCall = createStartCall(pipeline, clock);
  const sendCall = createCallSender(
    profile,
    strategies,
    { headers, path: identities.path },
    startCall,
    judge,
    clock,
    cache,
  );

  const sender =
    (safe: boolean, stream: boolean): Send =>
    async (method, path, init = {}) => {
      const operation = operationOf(method, path);
      const outcome = await sendCall({
        operation,
        init,
        limits: readOptions(init, limits, keysOfCall, operation.id),
        stream,
      });
      if (outcome.error && !safe) throw outcome.error;
      return outcome;
    };

  const paginate = (path: string, init: CallInit & PaginateOptions = {}) => {
    const { method = "GET", style: index = 0, ...exceptions }: PageFacts = readPath(facts.pages, [path]) ?? {};
    const operation = operationOf(method, path);
    const style = profile.pagination?.[index];
    if (!style) throw new ConfigurationError(`${name} has no lists to paginate.`);
    const numbers = { ...limits, maxPages: Infinity, totalDeadlineMs: Infinity };
    const errand = { operation, init, limits: readOptions(init, numbers, keysOfCall, operation.id) };
    const walk = (isWhole: boolean) =>
      walkPages(errand, { ...style, ...exceptions }, strategies, isWhole, sendCall, clock);
    return { [Symbol.asyncIterator]: () => walk(false), pages: () => walk(true) };
  };

  const connector = {
    ...methodsOf(sender(false, false)),
    safe: methodsOf(sender(true, false)),
    stream: methodsOf(sender(false, true)),
    paginate,
    cache: cache ?? { invalidate: async () => {} },
    "~pieces": () => ({ operationOf, startCall, sendCall, limits, headers }),
  };
  return connector as unknown as Connector<E>;
}
