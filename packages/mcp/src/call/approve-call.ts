import { type CallInit, ConfigurationError } from "@connectry/core";
import type { CatalogOperation } from "../catalog/read-catalog.js";
import { previewRequest } from "../connector/preview-request.js";
import type { CallContext, Caller } from "./call-context.js";

const maxPending = 3;

/** Asks whether a write may be sent, and returns why not; undefined where it may. Throws what cannot be sent. */
export async function askApproval(
  { parts, options: { approve = "elicit" } }: CallContext,
  { session, signal, elicit }: Caller,
  { operation, init }: { readonly operation: CatalogOperation; readonly init: CallInit },
): Promise<string | undefined> {
  if (!operation.needsApproval || approve === false) return undefined;
  const ask = approve === "elicit" ? elicit : approve;
  if (ask === undefined)
    return `${operation.id} needs the approval of the user, and this client cannot ask for it. The user can start the server with an approval of its own, or without one (\`approve: false\`, \`--approve never\`)`;
  // Who is asked many questions at once reads none of them.
  if (session.pendingApprovals >= maxPending) return `${maxPending} writes already wait for the approval of the user`;
  session.pendingApprovals += 1;
  try {
    const request = await previewRequest(parts, operation, init);
    const { id, title: summary, safety } = operation;
    const isApproved = await ask({ operation: id, summary, safety, request, signal });
    if (isApproved === true && !signal.aborted) return undefined;
    return signal.aborted
      ? "the caller gave up"
      : "the user did not approve it. Do not ask again unless the user says so";
  } catch (error) {
    // Of our own errors the text is ours.
    if (ConfigurationError.isInstance(error)) throw error;
    return "the approval failed";
  } finally {
    session.pendingApprovals -= 1;
  }
}
