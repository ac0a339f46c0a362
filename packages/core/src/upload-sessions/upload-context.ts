import type { ConnectorInternals } from "../client/internals.js";
import type { ResolvedLimits } from "../client/options.js";
import type { Operation } from "../pipeline/call.js";
import type { Outcome } from "../pipeline/strategies.js";
import type { Safety } from "../provider/facts.js";
import type { UploadOptions } from "./upload-options.js";
import type { UploadSource } from "./upload-source.js";

/** What both kinds of sessions need. */
export interface UploadContext {
  readonly internals: ConnectorInternals;
  readonly options: UploadOptions;
  readonly source: UploadSource;
  readonly limits: ResolvedLimits;
  readonly chunkBytes: number;
}

/** A request of a session. */
export interface SessionRequest {
  readonly method: string;
  readonly path: string;
  /** Instead of the path below the base URL. */
  readonly url?: string;
  readonly params?: { readonly path?: Record<string, string>; readonly query?: Record<string, number> };
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** A body is sent as it is, and not in the provider's form. */
  readonly isRaw?: boolean;
  readonly safety?: Safety;
  readonly maxAttempts?: number;
}

/** Sends a request of a session, by the connector, and returns its outcome. */
export function sendRequest(
  { internals, options: { signal, account }, limits }: UploadContext,
  { method, path, url, params, headers, body, isRaw = false, safety, maxAttempts }: SessionRequest,
): Promise<Outcome> {
  const found = internals.operationOf(method, path);
  const operation: Operation = {
    ...found,
    response: "any",
    body: isRaw ? "raw" : found.body,
    safety: safety ?? found.safety,
  };
  return internals.sendCall({
    operation,
    init: { cache: false, ...(params && { params }), ...(headers && { headers }), body, signal, account },
    limits: maxAttempts === undefined ? limits : { ...limits, maxAttempts },
    url,
  });
}
