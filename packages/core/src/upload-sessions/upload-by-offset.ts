import type { Result } from "../client/typed-client.js";
import { ApiError } from "../errors/api-errors.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { Outcome } from "../pipeline/strategies.js";
import { isWithin, resolveLink } from "../platform/origin.js";
import { backoffMs } from "../retry/backoff.js";
import type { OffsetUploadFacts } from "./session-facts.js";
import { sendRequest, type UploadContext } from "./upload-context.js";
import { slice } from "./upload-source.js";

/** How far a session has come, or its result. */
type Position = { readonly offset: number } | { readonly result: Result<unknown> };

/** The address of a session. Throws ConfigurationError for one that is not the provider's, which must not get the credential. */
async function addressOf({ internals, options }: UploadContext, session: string): Promise<URL> {
  const { operationOf, locate, profile } = internals;
  const root = operationOf("PUT", "/");
  const { account, signal } = options;
  const operation = (await locate?.(root, { account, signal })) ?? root;
  const url = resolveLink(operation, session, `${operation.baseUrl}/`);
  const origins = [operation.baseUrl, ...(profile.origins ?? [])];
  if (url && origins.some((origin) => isWithin(new URL(origin), url))) return url;
  throw new ConfigurationError(`uploadInSession: the session is not an address of ${profile.name}.`);
}

/** What a response says about the position: `Range: bytes=0-42`, nothing where no byte has arrived. */
function positionOf({ error, data, response }: Outcome, { incomplete }: OffsetUploadFacts): Position | undefined {
  if (error === undefined) return response && { result: { data, response } };
  if (!ApiError.isInstance(error) || error.status !== incomplete) return undefined;
  const last = /^bytes=0-(\d{1,16})$/.exec(error.headers.get("range") ?? "")?.[1];
  return { offset: last === undefined ? 0 : Number(last) + 1 };
}

/**
 * Sends a file chunk by chunk to the address of a session. After a failure it asks the session how far it has come, and continues
 * there.
 */
export async function uploadByOffset(
  context: UploadContext,
  facts: OffsetUploadFacts,
  session: string,
): Promise<Result<unknown>> {
  const { options, source, internals, limits, chunkBytes } = context;
  const { size } = source;
  if (chunkBytes % facts.multipleOfBytes !== 0)
    throw new ConfigurationError(`uploadInSession: chunkBytes must be a multiple of ${facts.multipleOfBytes}.`);
  const url = await addressOf(context, session);
  const send = (range: string, body?: unknown) =>
    sendRequest(context, {
      method: "PUT",
      path: url.pathname,
      url: url.href,
      headers: { "content-range": `bytes ${range}/${size}` },
      isRaw: true,
      // A query has no body, and may be repeated. A chunk is only repeated once the session has said what is missing.
      ...(body === undefined ? { safety: "idempotent" } : { body, safety: "unsafe", maxAttempts: 1 }),
    });
  const ask = async (): Promise<Position> => {
    const outcome = await send("*");
    const position = positionOf(outcome, facts);
    if (position) return position;
    throw outcome.error;
  };
  const report = (sentBytes: number) => options.onProgress?.({ sentBytes, totalBytes: size });

  let position: Position = options.session === undefined ? { offset: 0 } : await ask();
  let attempts = 0;
  while ("offset" in position) {
    const { offset } = position;
    if (offset > size) throw new ConfigurationError("uploadInSession: the session has more bytes than `file`.");
    const end = Math.min(offset + chunkBytes, size);
    const outcome = await send(offset === end ? "*" : `${offset}-${end - 1}`, slice(source, offset, end));
    let next = positionOf(outcome, facts);
    attempts += 1;
    if (!next) {
      const { error } = outcome;
      const kind = error?.attempts.at(-1)?.verdict;
      if ((kind !== "transient" && kind !== "throttled") || attempts >= limits.maxAttempts) throw error;
      const retryAfterMs = ApiError.isInstance(error) ? error.retryAfterMs : undefined;
      const waitMs = backoffMs({ kind, failures: attempts, retryAfterMs }, internals.random);
      await internals.clock.sleep(waitMs, options.signal);
      next = await ask();
    }
    if ("result" in next) {
      report(size);
      return next.result;
    }
    if (next.offset > offset) attempts = 0;
    // It responds, and takes nothing.
    else if (attempts >= limits.maxAttempts) throw outcome.error;
    report(next.offset);
    position = next;
  }
  report(size);
  return position.result;
}
