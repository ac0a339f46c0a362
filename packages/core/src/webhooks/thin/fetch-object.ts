import { ApiError } from "../../errors/api-errors.js";
import { WebhookVerificationError } from "../../errors/connectry-error.js";
import type { Clock } from "../../platform/clock.js";
import type { EndpointFacts } from "../scheme/webhook-scheme.js";

/** Bounds of what notifications cost, which anyone can send. */
export interface FetchBounds {
  /** How many objects are fetched at once. More notifications get a 503, and come again. @default 10 */
  readonly maxFetches?: number | undefined;
  /** How long an object may take to be fetched, in milliseconds. @default 10,000 */
  readonly fetchTimeoutMs?: number | undefined;
}

/** Fetches an object for a notification. Resolves to undefined where the provider does not have it. */
export type FetchObject = <Payload>(
  kind: string,
  fetch: (signal: AbortSignal) => Promise<Payload | undefined>,
) => Promise<Payload | undefined>;

const isMissing = (error: unknown) => ApiError.isInstance(error) && (error.status === 404 || error.status === 410);

/**
 * Creates what fetches the objects of an endpoint, within its bounds. Rejects with a WebhookVerificationError `object-unavailable` where an
 * object cannot be fetched.
 */
export function createFetchObject(
  { id: scheme, name }: Pick<EndpointFacts, "id" | "name">,
  { maxFetches = 10, fetchTimeoutMs = 10_000 }: FetchBounds,
  clock: Pick<Clock, "schedule">,
): FetchObject {
  const unavailable = (message: string, cause?: unknown) =>
    new WebhookVerificationError(`${name}: ${message}`, { reason: "object-unavailable", scheme, cause });
  let running = 0;
  return async (kind, fetch) => {
    if (running >= maxFetches) throw unavailable(`${running} objects are being fetched already (maxFetches).`);
    running += 1;
    const timeout = new AbortController();
    let cancel = () => {};
    try {
      const late = new Promise<never>((_, reject) => {
        cancel = clock.schedule(fetchTimeoutMs, () => {
          const error = unavailable(`the ${kind} was not fetched within ${fetchTimeoutMs} ms (fetchTimeoutMs).`);
          timeout.abort(error);
          reject(error);
        });
      });
      return await Promise.race([fetch(timeout.signal), late]);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw WebhookVerificationError.isInstance(error)
        ? error
        : unavailable(`the ${kind} could not be fetched.`, error);
    } finally {
      cancel();
      running -= 1;
    }
  };
}
