import { createIdentities } from "../auth/identities.js";
import { ApiError } from "../errors/api-error.js";
import { CallError } from "../errors/call-error.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import { walkItems, walkPages } from "../pagination/paginate.js";
import { defaultPipeline } from "../pipeline/default-pipeline.js";
import { systemClock } from "../platform/clock.js";
import { fetchTransport } from "../transport/fetch-transport.js";
import { type CallInit, createCallSender } from "./call-sender.js";
import { connectorFetch } from "./connector-fetch.js";
import { replyOf } from "./create-api-error.js";
import { createOperations } from "./operations.js";
import { type ConnectorOptions, checkKeys, checkPositive, type PaginateOptions, resolveLimits } from "./options.js";
import type { PageFacts, ProviderFacts, ProviderProfile } from "./profile.js";
import type { Connector, PathIndex } from "./typed-client.js";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;

type Send = (method: string, path: string, init?: CallInit) => Promise<unknown>;

/** Every way to name an operation, on top of one function. */
function methodsOf(send: Send): Record<string, unknown> {
  const called = methods.map((method) => [method, (path: string, init?: CallInit) => send(method, path, init)]);
  const call = ({ method, path }: { method: string; path: string }, init?: CallInit) => send(method, path, init);
  return { ...Object.fromEntries(called), call };
}

function lowerCased(headers: Readonly<Record<string, string>> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}

function headersOf(profile: ProviderProfile, facts: ProviderFacts, options: ConnectorOptions): Record<string, string> {
  const { versionHeader } = profile;
  if (options.apiVersion !== undefined && versionHeader === undefined) {
    throw new ConfigurationError(`${profile.name} takes no API version in a header: leave \`apiVersion\` out.`);
  }
  return {
    "user-agent": `connectry-${profile.id}`,
    ...profile.headers,
    ...(versionHeader && { [versionHeader]: options.apiVersion ?? facts.version }),
    ...lowerCased(options.headers),
  };
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
  checkKeys(options, "connector", profile.name);
  const { clock = systemClock, random = Math.random, concurrency = 50, maxQueued = 10_000, policies = {} } = options;
  checkPositive("concurrency", concurrency, true);
  checkPositive("maxQueued", maxQueued, true);
  const defaults = resolveLimits(options);
  const operationOf = createOperations(profile, facts, options.baseUrl);
  const { baseUrl } = operationOf("GET", "/");
  const identities = createIdentities(profile.name, profile.auth, options.auth);
  const transport = fetchTransport({ clock, fetch: options.fetch });
  const pipeline = defaultPipeline({ profile, identities, policies, clock, random, transport, concurrency, maxQueued });
  const headers = headersOf(profile, facts, options);
  const sendCall = createCallSender({ profile, pipeline, clock, headers });

  const sender =
    (stream: boolean): Send =>
    async (method, path, init = {}) => {
      const operation = operationOf(method, path);
      checkKeys(init, "call", operation.id);
      return sendCall({ operation, init, limits: resolveLimits(init, defaults), stream, url: undefined });
    };
  const send = sender(false);
  const sendSafely: Send = async (method, path, init) => {
    try {
      return await send(method, path, init);
    } catch (error) {
      if (!CallError.isInstance(error)) throw error;
      return { error, response: ApiError.isInstance(error) ? replyOf(error) : undefined };
    }
  };

  const paginate = (path: string, init: CallInit & PaginateOptions = {}) => {
    const exception: PageFacts = Object.hasOwn(facts.pages, path) ? (facts.pages[path] as PageFacts) : {};
    const operation = operationOf(exception.method ?? "GET", path);
    checkKeys(init, "paginate", operation.id);
    const style = profile.pagination?.[exception.style ?? 0];
    if (style === undefined) throw new ConfigurationError(`${profile.name} has no lists that can be paginated.`);
    const walk = {
      operation,
      style: exception.items === undefined ? style : { ...style, items: exception.items },
      init,
      limits: resolveLimits(init, defaults),
      send: sendCall,
      clock,
    };
    return {
      [Symbol.asyncIterator]: () => walkItems(walk),
      async *pages() {
        for await (const { page } of walkPages(walk)) yield page;
      },
    };
  };

  const connector = {
    ...methodsOf(send),
    safe: methodsOf(sendSafely),
    stream: methodsOf(sender(true)),
    paginate,
    fetch: connectorFetch({
      provider: profile.name,
      baseUrl,
      pipeline,
      clock,
      limits: defaults,
      safetyOf: (method) => operationOf(method, "/").safety,
      headers,
    }),
  };
  return connector as unknown as Connector<E>;
}
