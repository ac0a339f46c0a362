import { createCredentialResolver } from "../auth/credential-resolver.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { Operation } from "../pipeline/call.js";
import type { Strategies } from "../pipeline/strategies.js";
import { systemClock } from "../platform/clock.js";
import { readPath } from "../platform/json-path.js";
import type { PageFacts, ProviderFacts } from "../provider/facts.js";
import type { ProviderProfile } from "../provider/profile.js";
import { createClassifier } from "../retry/classify.js";
import { exchange } from "../transport/exchange.js";
import { checkInvalidation } from "./cache-binding.js";
import { createCallSender } from "./call-sender.js";
import { defaultPipeline } from "./default-pipeline.js";
import { type ConnectorInternals, connectorInternals } from "./internals.js";
import { mergeHeaders } from "./merge-headers.js";
import { createOperations, type FindOperation } from "./operations.js";
import {
  type ConnectorOptions,
  callKeys,
  connectorKeys,
  type EnvironmentOption,
  limitDefaults,
  type PaginateOptions,
  type ResolvedLimits,
  type UnwrapOption,
} from "./options.js";
import type { CallInit } from "./prepared-call.js";
import { readOptions } from "./read-options.js";
import { createReadRequestId } from "./read-request-id.js";
import { withRetryRules } from "./retry-rules.js";
import { defaultAccept } from "./serialize-call.js";
import { createStartCall } from "./start-call.js";
import { transportOf } from "./transport-of.js";
import type { Connector, PaginateRequestInit, PathIndex } from "./typed-client.js";

const methods = "GET POST PUT PATCH DELETE HEAD OPTIONS".split(" ");

/** Sends a call; what `find` throws, it rejects with. */
type Send = (find: () => Operation, init?: CallInit) => Promise<unknown>;

/** Every way to name an operation, on top of one function. */
function methodsOf(operationOf: FindOperation, send: Send): Record<string, unknown> {
  const entries = methods.map((method) => [
    method,
    (path: string, init?: CallInit) => send(() => operationOf(method, path), init),
  ]);
  return {
    ...Object.fromEntries(entries),
    call: async ({ method, path }: { method: string; path: string }, init?: CallInit) =>
      send(() => operationOf(method, path), init),
    request: (method: string, path: string, init?: CallInit) =>
      send(() => {
        if (!methods.includes(method))
          throw new ConfigurationError(`\`${method}\` must be one of ${methods.join(", ")}.`);
        // What the document does not have may respond with anything.
        return { ...operationOf(method, path), response: "any", accept: "*/*" };
      }, init),
  };
}

/** The definition of a provider: everything about a connector that is not an option of its user. */
export interface ProviderDefinition {
  /** What we know about the provider. */
  readonly profile: ProviderProfile;
  /** What its document says and the profile does not. */
  readonly facts: ProviderFacts;
  /** The code behind the words of profile and facts. */
  readonly strategies: Strategies;
}

/**
 * Creates a typed client of a provider. Throws ConfigurationError for an unknown option, a missing credential or an unsafe
 * base URL, and for an environment that the profile does not have.
 */
export function createConnector<E extends PathIndex>(
  definition: ProviderDefinition,
  options: ConnectorOptions = {},
): Connector<E> {
  const { strategies } = definition;
  const { environment } = options as EnvironmentOption;
  const { profile: ownProfile, facts } = strategies.environment?.(definition, environment) ?? definition;
  const profile = withRetryRules(ownProfile, options.retryRules);
  const { name, versionHeader, idempotency, envelope } = profile;
  const limitsOver = (defaults: ResolvedLimits) =>
    readOptions(options, {
      defaults: { ...defaults, concurrency: 50, maxQueued: 10_000 },
      others: [
        ...connectorKeys,
        ...(versionHeader ? ["apiVersion"] : []),
        ...(strategies.tokenExchange ? ["tokens"] : []),
        ...(strategies.environment ? ["environment"] : []),
        ...(strategies.unwrap ? ["unwrap"] : []),
        // Also those of other environments, so that a program passes the same whichever it is.
        ...Object.keys(definition.profile.variables ?? {}),
      ],
      where: name,
    });
  const { concurrency, maxQueued, ...limits } = limitsOver(limitDefaults);
  const keysOfCall = idempotency ? [...callKeys, "idempotencyKey"] : callKeys;
  const { clock = systemClock, random = Math.random } = options;
  const headers = mergeHeaders(
    {},
    {
      "user-agent": `connectry-${profile.id}`,
      accept: facts.accept ?? defaultAccept,
      ...profile.headers,
      ...(versionHeader && { [versionHeader]: options.apiVersion ?? facts.version }),
    },
    options.headers,
    // A body sets its own.
    { "content-type": null },
  );
  const operationOf = createOperations(profile, facts, { ...options, headers, parseJson: strategies.parseJson });
  const tokenExchange = strategies.tokenExchange?.(profile, { ...options });
  const auth = tokenExchange ? (tokenExchange.auth as typeof options.auth) : options.auth;
  const credentials = createCredentialResolver(profile, auth, strategies);
  const cache = options.cache?.attach({
    profile,
    clock,
    random,
    headers,
    tenant: credentials.fixed,
    resolveTenant: credentials.resolveTenant,
  });
  const classify = createClassifier(profile.retry, strategies);
  const transport = exchange(transportOf(options), {
    classify,
    clock,
    readRequestId: createReadRequestId(profile.errors),
  });
  const observers = [options.observe ?? []].flat();
  const observation = observers[0]?.attach({ profile, clock, random, strategies, concurrency, options }, observers);
  const pipeline = defaultPipeline({
    profile,
    facts,
    clock,
    random,
    strategies,
    credentials,
    tokenExchange: tokenExchange?.policy,
    options,
    slots: { concurrency, maxQueued, pool: options.pool },
    cache: cache?.policy,
    observation: observation?.policies,
    transport,
  });
  const start = createStartCall(pipeline, clock);
  const send = createCallSender({
    profile,
    facts,
    strategies,
    defaults: { headers, path: credentials.path },
    startCall: start,
    cache,
  });
  const { startCall, sendCall } = observation
    ? { startCall: observation.startCall(start), sendCall: observation.sendCall(send) }
    : { startCall: start, sendCall: send };

  const locate = profile.variables && strategies.accountAddress?.(profile, { ...options });
  const sendLocated: typeof sendCall = locate
    ? async (call) => sendCall({ ...call, operation: await locate(call.operation, call.init) })
    : sendCall;

  const unwrap = (options as UnwrapOption).unwrap && envelope && strategies.unwrap;
  const sendAsked = unwrap ? unwrap(envelope, sendLocated) : sendLocated;
  const sender =
    (isSafe: boolean, stream: boolean): Send =>
    async (find, init = {}) => {
      const operation = find();
      const known = { defaults: limits, others: keysOfCall, where: operation.id };
      const outcome = await sendAsked({ operation, init, limits: readOptions(init, known), stream });
      if (outcome.error && !isSafe) {
        // It was created far below: its stack shows who called.
        Error.captureStackTrace?.(outcome.error);
        throw outcome.error;
      }
      return outcome;
    };

  const listFacts = (path: string): PageFacts => readPath(facts.pages, [path]) ?? {};
  const iterable = (path: string, list: PageFacts, init: CallInit & PaginateOptions) => {
    const { method = "GET", style: index = 0, ...exceptions } = list;
    const operation = operationOf(method, path);
    const style = profile.pagination?.[index];
    if (!style) throw new ConfigurationError(`${name} has no lists to paginate.`);
    const defaults = { ...limits, maxPages: Infinity, totalDeadlineMs: Infinity };
    const { startFrom, prefetch, ...call } = init;
    const iteration = {
      operation,
      init: call,
      startFrom,
      prefetch,
      limits: readOptions(init, { defaults, others: [...keysOfCall, "startFrom", "prefetch"], where: operation.id }),
    };
    const context = { style: { ...style, ...exceptions }, strategies, send: sendLocated, locate, clock };
    // Loaded with the first list: few programs of one call have any.
    const iterate = async function* (yieldPages: boolean) {
      const { iteratePages } = await import("./iterate-pages.js");
      yield* iteratePages(iteration, { ...context, yieldPages });
    };
    return { [Symbol.asyncIterator]: () => iterate(false), pages: () => iterate(true) };
  };

  const connector = {
    ...methodsOf(operationOf, sender(false, false)),
    safe: methodsOf(operationOf, sender(true, false)),
    stream: methodsOf(operationOf, sender(false, true)),
    paginate: (path: string, init: CallInit & PaginateOptions = {}) => iterable(path, listFacts(path), init),
    paginateRequest: (path: string, { list = listFacts(path), ...init }: PaginateRequestInit = {}) =>
      iterable(path, list, init),
    cache: cache ?? { invalidate: async (what: never) => checkInvalidation(what) },
    [connectorInternals]: {
      operationOf,
      startCall,
      sendCall: sendLocated,
      locate,
      limits,
      headers,
      profile,
      facts,
      credentials,
      clock,
      random,
      limitsOver,
      unwrap,
    } satisfies ConnectorInternals,
  };
  return connector as unknown as Connector<E>;
}
