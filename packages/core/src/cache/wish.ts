import type { ProviderProfile } from "../connector/profile.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import type { CallSettings, Operation } from "../pipeline/call.js";
import type { CacheOptions } from "./cache-options.js";

/** What one call asks of the cache. Times that it leaves open are up to the answer. */
export interface Wish {
  readonly ttlMs: number | undefined;
  readonly staleWhileRevalidateMs: number | undefined;
  readonly staleIfErrorMs: number | undefined;
  readonly negativeTtlMs: number;
  /** The operation's tag, and those that the call names. */
  readonly tags: readonly string[];
}

const times = ["ttlMs", "staleWhileRevalidateMs", "staleIfErrorMs", "negativeTtlMs"];

function check(options: CacheOptions, where: string): void {
  for (const name in options) {
    const value: unknown = options[name as keyof CacheOptions];
    if (value === undefined) continue;
    if (name === "tags") {
      if (Array.isArray(value) && value.every((tag) => typeof tag === "string")) continue;
      throw new ConfigurationError(`${where}: cache.tags must be a list of strings.`);
    }
    if (!times.includes(name)) {
      throw new ConfigurationError(`${where}: there is no option \`cache.${name}\`. Known: ${times.join(", ")}, tags.`);
    }
    if (typeof value !== "number" || !(value >= 0)) {
      throw new ConfigurationError(`${where}: cache.${name} must be a number of milliseconds, 0 or more.`);
    }
  }
}

/** The tag that all answers of an operation carry. Tags are of a provider, so that two of them may name theirs alike. */
export function operationTag(provider: string, operation: string): string {
  return `${provider} operation ${operation}`;
}

/** A tag of a user's, as it is kept. */
export function userTag(provider: string, tag: string): string {
  return `${provider} tag ${tag}`;
}

/** Whether a call may be given what another was answered: who asks each time gains nothing from it. */
export function isReusable({ ttlMs, negativeTtlMs }: Wish, { cacheControl }: ProviderProfile): boolean {
  return (ttlMs ?? negativeTtlMs) > 0 || cacheControl === "trusted";
}

const operationTags = new WeakMap<Operation, string>();

/** What a call asks; undefined where it wants nothing to do with the cache. Throws ConfigurationError for what is no wish. */
export function wishOf(operation: Operation, settings: CallSettings, provider: string): Wish | undefined {
  const options: unknown = settings.cache ?? {};
  if (options === false) return undefined;
  if (typeof options !== "object") {
    throw new ConfigurationError(`${operation.id}: cache is an object of options, or false.`);
  }
  check(options as CacheOptions, operation.id);
  const { ttlMs, staleWhileRevalidateMs, staleIfErrorMs, negativeTtlMs = 0, tags } = options as CacheOptions;
  let own = operationTags.get(operation);
  if (own === undefined) {
    own = operationTag(provider, operation.id);
    operationTags.set(operation, own);
  }
  return {
    ttlMs,
    staleWhileRevalidateMs,
    staleIfErrorMs,
    negativeTtlMs,
    tags: tags === undefined ? [own] : [own, ...tags.map((tag) => userTag(provider, tag))],
  };
}
