import { ConfigurationError, WebhookVerificationError } from "../errors/connectry-error.js";
import type { Clock } from "../platform/clock.js";
import { rejection } from "../webhooks/scheme/delivery.js";
import type { SignatureScheme } from "../webhooks/scheme/signature-algorithm.js";
import type { FetchedText } from "./fetch-text.js";

// A provider has a few keys at a time.
const maxKeys = 32;
const keepMs = 86_400_000;

// Anyone can name a key that does not exist.
const maxFailures = 256;
const keepUnknownMs = 60_000;
const keepUnavailableMs = 10_000;

/** In `perMs`, by all deliveries of a scheme: of keys that are not known yet. */
const maxFetches = 10;
const perMs = 60_000;

interface Held<Value> {
  readonly value: Value;
  readonly fetchedMs: number;
}

/** How a key is fetched. */
export interface KeySource<Key> {
  /** Fetches the text of a key, by an id that was checked: it leads to the host of the provider. */
  request(id: string): Promise<FetchedText>;
  /** Reads the key. Undefined where the provider says that there is none. */
  parse(fetched: FetchedText): Promise<Key | undefined>;
}

/** Which key is asked for, and for whom. */
export interface KeyRequest {
  readonly scheme: SignatureScheme;
  readonly clock: Pick<Clock, "now">;
  /** A key that was fetched longer ago is fetched again, in milliseconds. @default a day */
  readonly maxAgeMs?: number;
}

/** The oldest items make room for new ones. */
function keepLast<Value>(values: Map<string, Value>, max: number): void {
  for (const id of values.keys()) {
    if (values.size <= max) break;
    values.delete(id);
  }
}

/** Keys by their ids. */
export interface PublishedKeys<Key> {
  /**
   * The key of an id, fetched at most once at a time.
   * @throws WebhookVerificationError `unknown-key`, `key-unavailable`.
   */
  get(id: string, request: KeyRequest): Promise<Key>;
}

/**
 * Keys that a provider publishes, by their ids. Deliveries with made-up ids cause few requests: for each id there is one
 * at a time, an id without a key is not asked for again for a minute (10 s where the provider did not respond), and new ids cause at
 * most 10 requests in a minute. Beyond these a delivery gets a 503, and comes again. Keys that are known are not affected.
 */
export function publishedKeys<Key>({ request, parse }: KeySource<Key>): PublishedKeys<Key> {
  const keys = new Map<string, Held<Key>>();
  const failures = new Map<string, Held<WebhookVerificationError>>();
  const pending = new Map<string, Promise<Key>>();
  let recent: number[] = [];

  const load = async (id: string, { scheme, clock }: KeyRequest): Promise<Key> => {
    const now = clock.now();
    recent = recent.filter((at) => at > now - perMs && at <= now);
    if (recent.length >= maxFetches) {
      const message = `more than ${maxFetches} unknown keys were named in a minute, so this one is not fetched.`;
      throw rejection(scheme, "key-unavailable", message);
    }
    recent.push(now);
    let failure: WebhookVerificationError;
    try {
      const key = await parse(await request(id));
      if (key !== undefined) {
        keys.delete(id);
        keys.set(id, { value: key, fetchedMs: now });
        keepLast(keys, maxKeys);
        return key;
      }
      failure = rejection(scheme, "unknown-key", "the provider does not have the key that the delivery names.");
    } catch (cause) {
      // `jose` is not installed: no state of the key.
      if (ConfigurationError.isInstance(cause)) throw cause;
      failure = new WebhookVerificationError(`${scheme.name}: the key of the delivery could not be fetched.`, {
        reason: "key-unavailable",
        scheme: scheme.id,
        cause,
      });
    }
    failures.delete(id);
    failures.set(id, { value: failure, fetchedMs: now });
    keepLast(failures, maxFailures);
    throw failure;
  };

  return {
    async get(id, keyRequest) {
      const now = keyRequest.clock.now();
      const known = keys.get(id);
      if (known !== undefined && now - known.fetchedMs < (keyRequest.maxAgeMs ?? keepMs)) return known.value;
      const failed = failures.get(id);
      if (failed !== undefined) {
        const keptMs = failed.value.reason === "unknown-key" ? keepUnknownMs : keepUnavailableMs;
        if (now - failed.fetchedMs < keptMs) throw failed.value;
      }
      let loading = pending.get(id);
      if (loading === undefined) {
        loading = load(id, keyRequest).finally(() => pending.delete(id));
        pending.set(id, loading);
      }
      return loading;
    },
  };
}
