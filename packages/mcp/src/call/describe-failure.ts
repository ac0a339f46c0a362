import { CallError, ConfigurationError } from "@connectry/core";
import type { CatalogOperation } from "../catalog/read-catalog.js";
import { isRepeatHarmful } from "../catalog/safety-rules.js";
import type { CallResult } from "../session/call-result.js";

interface ApiFields {
  readonly status?: number;
  readonly code?: string;
  readonly requestId?: string;
  readonly body?: unknown;
  readonly retryAfterMs?: number;
}

/** How to find out what became of a write whose response was lost. */
function whatToLookAt(operation: CatalogOperation, reads: readonly CatalogOperation[]): string {
  const look = reads.length > 0 ? ` Look at ${reads.map(({ id }) => id).join(" or ")} to find out.` : "";
  if (operation.safety === "idempotent-with-key")
    return `${look} The same call with the same callId is safe: it has the same idempotency key, and the provider applies it once.`;
  if (operation.safety === "idempotent") return `${look} The same call may be sent again: twice is as good as once.`;
  return `${look} Do not send it again before you know: the provider would apply it a second time.`;
}

/**
 * What a failed call means for an agent. The words of the provider are data, and everything else is ours.
 */
export function describeFailure(
  error: unknown,
  operation: CatalogOperation,
  related: () => readonly CatalogOperation[],
): CallResult {
  const { id, safety } = operation;
  if (!CallError.isInstance(error)) {
    const isOurs = ConfigurationError.isInstance(error);
    // The text of another error may have anything in it.
    const message = isOurs ? error.message.replace(/\.$/, "") : `an unexpected ${(error as Error)?.name ?? "error"}`;
    const isUnknown = !isOurs && isRepeatHarmful(safety);
    return { kind: "failure", summary: `${id} failed: ${message}.`, mayRepeat: !isUnknown };
  }
  const { status, code, requestId, body, retryAfterMs } = error as CallError & ApiFields;
  const wait = retryAfterMs === undefined ? "" : ` Wait ${Math.ceil(retryAfterMs / 1_000)} s before you ask again.`;
  const data = status === undefined ? { message: error.message } : { status, code, requestId, body };
  if (safety !== "safe" && error.outcome === "unknown") {
    const summary = `OUTCOME UNKNOWN: ${id} may have been applied, or may not (${error.name}).${whatToLookAt(operation, related())}${wait}`;
    return { kind: "failure", summary, data, mayRepeat: safety !== "unsafe" };
  }
  if (safety !== "safe" && error.outcome === "applied") {
    const summary = `${id} was applied, but its response cannot be read (${error.name}). Do not send it again.`;
    return { kind: "failure", summary, data, mayRepeat: false };
  }
  const applied = safety === "safe" ? "" : " Nothing was changed.";
  const failed = status === undefined ? error.name : `status ${status}`;
  return { kind: "failure", summary: `${id} failed: ${failed}.${applied}${wait}`, data, mayRepeat: true };
}
