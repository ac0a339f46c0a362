import type { Result } from "../client/typed-client.js";
import { ConflictError } from "../errors/api-errors.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { Outcome } from "../pipeline/strategies.js";
import { readPath } from "../platform/json-path.js";
import { parseRetryAfter } from "../retry/retry-after.js";
import { createFileHash, hashPart } from "./part-hash.js";
import type { PartUploadFacts, SessionOperation } from "./session-facts.js";
import { type SessionRequest, sendRequest, type UploadContext } from "./upload-context.js";
import { slice } from "./upload-source.js";

/** A part that the provider has. */
interface UploadedPart {
  readonly offset: number;
  readonly size: number;
  readonly sha1: string;
}

const commitEveryMs = 1_000;

function dataOf({ error, data, response }: Outcome): Result<unknown> {
  if (error || !response) throw error;
  return { data, response };
}

/** The size of the parts of a session. */
export function partBytesOf(facts: PartUploadFacts, data: unknown): number {
  const bytes = readPath(data, facts.partBytes);
  if (typeof bytes === "number" && Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  throw new ConfigurationError(
    `uploadInSession: the session has no size of its parts at ${facts.partBytes.join(".")}.`,
  );
}

/**
 * Sends a file part by part, each with its digest, and commits the session with that of the file. Parts that are there already are not
 * sent again, and must be those of this file.
 */
export async function uploadByParts(
  context: UploadContext,
  facts: PartUploadFacts,
  { session, started }: { readonly session: string; readonly started: unknown },
): Promise<Result<unknown>> {
  const { options, source, internals } = context;
  const send = ({ method, path }: SessionOperation, request: Partial<SessionRequest> = {}) => {
    const params = { ...request.params, path: { session } };
    return sendRequest(context, { method, path, ...request, params });
  };
  const partBytes = partBytesOf(facts, started ?? dataOf(await send(facts.status)).data);
  const list = async () => {
    const parts = new Map<number, UploadedPart>();
    for (let offset = 0, total = 1; offset < total; offset += facts.list.limit) {
      const { data } = dataOf(await send(facts.list, { params: { query: { offset, limit: facts.list.limit } } }));
      const page = (readPath(data, facts.list.items) ?? []) as UploadedPart[];
      for (const part of page) parts.set(part.offset, part);
      // An empty page is the end, whatever it says in total.
      total = page.length > 0 ? Number(readPath(data, facts.list.total) ?? 0) : 0;
    }
    return parts;
  };

  const known = started === undefined ? await list() : new Map<number, UploadedPart>();
  const file = createFileHash();
  const parts: UploadedPart[] = [];
  for (let start = 0; start < source.size; start += partBytes) {
    const end = Math.min(start + partBytes, source.size);
    const { hex, base64 } = await hashPart(source, [start, end], file);
    const outcome = known.has(start)
      ? undefined
      : await send(facts.part, {
          headers: { digest: `sha=${base64}`, "content-range": `bytes ${start}-${end - 1}/${source.size}` },
          body: slice(source, start, end),
          isRaw: true,
          safety: "idempotent",
        });
    // A part whose response was lost is a conflict when it is sent again.
    const isThere = outcome === undefined || ConflictError.isInstance(outcome.error);
    const part = (
      isThere ? (known.get(start) ?? (await list()).get(start)) : readPath(dataOf(outcome).data, facts.part.at)
    ) as UploadedPart | undefined;
    if (part === undefined) throw outcome?.error;
    if (part.offset !== start || part.size !== end - start || part.sha1 !== hex)
      throw new ConfigurationError(`uploadInSession: the session has another file at byte ${start}: start a new one.`);
    parts.push(part);
    options.onProgress?.({ sentBytes: end, totalBytes: source.size });
  }
  const headers = { digest: `sha=${file.digest("base64")}` };
  for (;;) {
    const result = dataOf(await send(facts.commit, { headers, body: { parts } }));
    if (result.response.status !== 202) return result;
    const waitMs = parseRetryAfter(result.response.headers, internals.clock.now()) ?? commitEveryMs;
    await internals.clock.sleep(waitMs, options.signal);
  }
}
