import { type AnyConnector, internalsOf } from "../client/internals.js";
import type { Result } from "../client/typed-client.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { readPath } from "../platform/json-path.js";
import { uploadByOffset } from "./upload-by-offset.js";
import type { UploadContext } from "./upload-context.js";
import { readUploadOptions, type UploadOptions } from "./upload-options.js";
import { toSource } from "./upload-source.js";

/**
 * Uploads a large file in a session of the provider, and returns the response to its last request: Box's in parts with their digests,
 * Google's in chunks. The file is read anew for each attempt, and never held in memory. After a cut it continues where the session says;
 * with `session` so does another process. A part is read twice where it has a digest.
 *
 * @throws What the calls throw: NotFoundError where a session has expired, so that a new one must be started; ConfigurationError for
 * invalid options, a session that is not at the provider's address, and one that has another file; the reason of the signal.
 */
export async function uploadInSession<Data = unknown>(
  connector: AnyConnector,
  options: UploadOptions,
): Promise<Result<Data> & { readonly session: string }> {
  const internals = internalsOf(connector);
  const { chunkBytes, ...limits } = readUploadOptions(options, internals.limits);
  const { facts, signal, start, onSession } = options;
  const context: UploadContext = { internals, options, limits, chunkBytes, source: toSource(options.file) };
  signal?.throwIfAborted();
  const started = options.session === undefined ? await start(signal ? { signal } : {}) : undefined;
  const found =
    facts.kind === "parts" ? readPath(started?.data, facts.session) : started?.response.headers.get(facts.session);
  const session = options.session ?? found;
  if (typeof session !== "string" || session === "") {
    const where = facts.kind === "parts" ? facts.session.join(".") : facts.session;
    throw new ConfigurationError(`uploadInSession: the response of \`start\` has no session at ${where}.`);
  }
  if (started) await onSession?.(session);
  const result =
    facts.kind === "parts"
      ? // Digests come from node:crypto, which a program without them does not load.
        await (await import("./upload-by-parts.js")).uploadByParts(context, facts, { session, started: started?.data })
      : await uploadByOffset(context, facts, session);
  return { ...(result as Result<Data>), session };
}
