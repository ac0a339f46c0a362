import type { ProviderProfile } from "../connector/profile.js";
import type { Call } from "../pipeline/call.js";
import type { Next } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import type { Clock } from "../platform/clock.js";
import type { Judge, VerdictKind } from "../retry/classify.js";
import { variesByCall } from "./cache-key.js";
import { type Entry, entryReply, keptHeaders } from "./entry.js";
import { allowanceOf, freshMs, isNegative, staleMs } from "./freshness.js";
import { askIfChanged, confirms, hasValidator, mergeHeaders } from "./validators.js";
import type { Wish } from "./wish.js";

/** What the provider answered. */
export interface Answer {
  readonly reply: Reply;
  readonly verdict: VerdictKind;
  /** What of it may be kept. */
  readonly entry: Entry | undefined;
  /** For how long it is of any use: to be given, or to be asked about. */
  readonly keepMs: number;
}

// How long an answer is kept only to be asked about.
const validatorKeepMs = 24 * 3_600_000;
const longestKeepMs = 30 * 24 * 3_600_000;
const storable = [200, 203, 204];

/** Whether a reply came from elsewhere than it was asked of. A credential in the query is ours, and shows in one of both. */
function wasRedirected({ auth }: ProviderProfile, call: Call, reply: Reply): boolean {
  if (call.url === reply.url) return false;
  const [asked, answered] = [new URL(call.url), new URL(reply.url)];
  for (const url of [asked, answered]) if (auth.kind === "query") url.searchParams.delete(auth.name);
  return asked.href !== answered.href;
}

function keepMsOf(entry: Entry, wish: Wish): number {
  const stale = Math.max(staleMs(entry, wish, "staleWhileRevalidateMs"), staleMs(entry, wish, "staleIfErrorMs"));
  return Math.max(freshMs(entry, wish) + stale, hasValidator(entry) && !isNegative(entry.status) ? validatorKeepMs : 0);
}

/** Asks the provider: whether what is known still holds, where it can be asked that, else for all of it. */
export async function askProvider(
  { profile, judge }: { readonly profile: ProviderProfile; readonly judge: Judge },
  clock: Clock,
  call: Call,
  next: Next,
  wish: Wish,
  known: Entry | undefined,
): Promise<Answer> {
  const startedAtMs = clock.monotonic();
  const isConditional = known !== undefined && hasValidator(known) && !isNegative(known.status);
  let reply = await next(isConditional ? askIfChanged(call, known) : call);
  let isConfirmed = isConditional && reply.status === 304;
  // Validators hold within their own address: what another one says of them says nothing.
  if (isConfirmed && known && (wasRedirected(profile, call, reply) || !confirms(reply, known))) {
    reply = await next(call);
    isConfirmed = false;
  }
  const nowMs = clock.now();
  const verdict = judge(reply, nowMs).kind;
  const { attempts } = reply;
  const { status, body } = isConfirmed && known ? known : reply;
  const headers = isConfirmed && known ? mergeHeaders(known.headers, reply.headers) : keptHeaders(reply.headers);
  const isAsked = isNegative(status)
    ? wish.negativeTtlMs > 0
    : (wish.ttlMs ?? wish.staleWhileRevalidateMs ?? wish.staleIfErrorMs) !== undefined;
  const allowance = allowanceOf({ headers }, profile.cacheControl === "trusted", isAsked);
  const isGood = isNegative(status)
    ? isAsked && verdict === "failed"
    : verdict === "success" && storable.includes(status);
  const isOwn = !variesByCall({ headers }) && !(body instanceof ReadableStream) && !wasRedirected(profile, call, reply);
  const tags = known ? [...new Set([...wish.tags, ...known.tags])] : wish.tags;
  const entry: Entry | undefined =
    allowance && isGood && isOwn
      ? {
          status,
          headers,
          body: body as Entry["body"],
          validatedAtMs: nowMs,
          fetchMs: clock.monotonic() - startedAtMs,
          allowance,
          tags,
        }
      : undefined;
  const keepMs = entry ? Math.min(keepMsOf(entry, wish), longestKeepMs) : 0;
  const kept = keepMs > 0 ? entry : undefined;
  if (isConfirmed && known) {
    const confirmed = entryReply({ ...known, headers }, call.url, "revalidated");
    return { reply: { ...confirmed, attempts }, verdict, entry: kept, keepMs };
  }
  return { reply: { ...reply, cache: "miss" }, verdict, entry: kept, keepMs };
}
