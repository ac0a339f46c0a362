import type { CallInit } from "@connectry/core";
import type { CatalogOperation } from "../catalog/read-catalog.js";
import { relatedReads } from "../catalog/related-reads.js";
import { isRepeatHarmful } from "../catalog/safety-rules.js";
import { canonicalJson, sha256 } from "../data/canonical-json.js";
import { checkPaths } from "../data/select.js";
import { type CallResult, refused } from "../session/call-result.js";
import { askApproval } from "./approve-call.js";
import { type CallArguments, toCallInit } from "./call-arguments.js";
import type { CallContext, Caller } from "./call-context.js";
import { checkArguments } from "./check-arguments.js";
import { describeFailure } from "./describe-failure.js";
import { sendCall } from "./send-call.js";

const maxRememberedCharacters = 200_000;

/** What a call costs: the points of the documented limits. */
function costOf({ parts, options }: CallContext, { id, method, path, safety }: CatalogOperation): number {
  if (options.cost !== undefined) return options.cost({ id, method, path, safety });
  const costs = parts.profile.rateLimits?.map((limit) => limit.costs?.[method] ?? limit.costs?.["*"] ?? 1) ?? [];
  return Math.max(1, ...costs);
}

/** What has to be the same for a write to be the same. */
const fingerprintOf = ({ id }: CatalogOperation, { path, query, headers, body }: CallArguments) =>
  sha256(canonicalJson([id, path, query, headers, body ?? null]));

function describeResponse({ id }: CatalogOperation, status: number, isDryRun: boolean): string {
  if (isDryRun) return `Dry run: a fake of the provider responded to ${id} with ${status}, and nothing was sent.`;
  return `${id}: ${status}.`;
}

/**
 * Makes a call for an agent: checks that it is allowed, that its arguments are those of the document, that the budget has it and that the
 * user approves, sends it, and tells what became of it. Does not reject.
 */
export async function callOperation(
  context: CallContext,
  caller: Caller,
  { operation, given }: { readonly operation: CatalogOperation; readonly given: CallArguments },
): Promise<CallResult> {
  const { parts, options } = context;
  const { id, method, path, safety, isAllowed } = operation;
  if (!isAllowed)
    return refused(
      `${id} is not allowed here. Only the user can allow it, as \`allow\` or \`--allow "${id}"\` of the server`,
    );
  try {
    checkPaths(given.select);
  } catch (error) {
    return refused((error as Error).message);
  }
  const { body: form } = parts.operationOf(method, path);
  const problems = checkArguments(operation, given, { profile: parts.profile, form });
  if (problems.length > 0) return refused(`${id}: ${problems.join("; ")}`);

  const isDryRun = options.dryRun === true || given.dryRun;
  if (isDryRun) return send(context, caller, { operation, given, isDryRun, init: toCallInit(given) });
  const reason = caller.session.budget.take(costOf(context, operation));
  if (reason !== undefined) return refused(`${reason}. Only the user can start another session`);
  const init = { ...toCallInit(given), account: options.account };
  return safety === "safe"
    ? send(context, caller, { operation, given, isDryRun, init })
    : write(context, caller, { operation, given, isDryRun, init });
}

interface PreparedWrite {
  readonly operation: CatalogOperation;
  readonly given: CallArguments;
  readonly isDryRun: boolean;
  readonly init: CallInit;
}

/** Makes a write, once for its id: a repeat gets the result of the first. */
async function write(context: CallContext, caller: Caller, prepared: PreparedWrite): Promise<CallResult> {
  const { operation, given, init } = prepared;
  const { session } = caller;
  const approveAndSend = async (key: string | undefined): Promise<CallResult> => {
    const keyed = { ...init, ...(key !== undefined && { idempotencyKey: key }) };
    try {
      const reason = await askApproval(context, caller, { operation, init: keyed });
      if (reason !== undefined) return refused(reason);
    } catch (error) {
      return describeFailure(error, operation, () => []);
    }
    return send(context, caller, { ...prepared, init: keyed });
  };
  if (!isRepeatHarmful(operation.safety)) return approveAndSend(undefined);

  const fingerprint = await fingerprintOf(operation, given);
  const key = await sha256(canonicalJson([session.conversation, operation.id, given.callId ?? fingerprint]));
  const claim = session.writes.claim({ key, fingerprint });
  if (claim.kind === "conflict")
    return refused(
      `callId ${JSON.stringify(given.callId)} was used for other arguments: pass a new one for another write`,
    );
  if (claim.kind === "repeat") {
    const { summary, ...result } = await claim.result;
    const note =
      "This call was made before in this session and is not sent again: what follows is its result. For a second write of the same kind pass another callId.";
    return { ...result, summary: `${note} ${summary}` };
  }
  const maxLength = context.parts.profile.idempotency?.maxLength ?? key.length;
  const isKeyed = operation.safety === "idempotent-with-key";
  const result = approveAndSend(isKeyed ? `connectry-${key}`.slice(0, Math.min(maxLength, 64)) : undefined);
  claim.settle(result.then(remembered));
  return result;
}

/** A result as the session remembers it: without data that is too large to be kept for each write. */
function remembered(result: CallResult): CallResult {
  const size = JSON.stringify(result.data, (_, value) => (typeof value === "bigint" ? `${value}` : value))?.length ?? 0;
  return size > maxRememberedCharacters
    ? { ...result, data: { note: "the response was too large to be kept" } }
    : result;
}

async function send(
  { catalog, parts, redactor, dryRun }: CallContext,
  { session, signal }: Caller,
  { operation, given, isDryRun, init }: PreparedWrite,
): Promise<CallResult> {
  const startedAtMs = performance.now();
  const deadlineMs = Math.max(1, Math.min(parts.limits.deadlineMs, session.budget.timeLeftMs()));
  try {
    const connector = isDryRun ? await dryRun() : parts.connector;
    if (!isDryRun) await redactor.update(signal);
    // A write that was begun goes on, so that the session knows what became of it.
    const bounded = { ...init, deadlineMs, ...(operation.safety === "safe" && { signal }) };
    const { status, data, next } = await sendCall(connector, parts, { operation, init: bounded, cursor: given.cursor });
    const summary = describeResponse(operation, status, isDryRun);
    return { kind: "response", summary, data: { status, next, data }, mayRepeat: isDryRun };
  } catch (error) {
    if (signal.aborted && operation.safety === "safe") return refused("the caller gave up");
    return describeFailure(error, operation, () => relatedReads(catalog, operation));
  } finally {
    if (!isDryRun) {
      session.budget.spend(performance.now() - startedAtMs);
      await redactor.update(AbortSignal.timeout(1_000)).catch(() => {});
    }
  }
}
