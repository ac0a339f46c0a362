import type { ProviderProfile } from "../connector/profile.js";
import type { Bytes } from "../pipeline/bytes.js";
import type { Call } from "../pipeline/call.js";
import type { Next } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import type { Clock } from "../platform/clock.js";
import type { Judge, VerdictKind } from "../retry/classify.js";
import { variesByCall } from "./cache-key.js";
import { dataForm } from "./data-form.js";
import type { Entry } from "./entry.js";
import { allowanceOf, freshMs, isNegative, staleMs } from "./freshness.js";
import { keptBody } from "./kept-body.js";
import { KeptFields } from "./kept-fields.js";
import { KeptReply } from "./kept-reply.js";
import { askIfChanged, confirms, hasValidator, mergeFields } from "./validators.js";
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

function keepMsOf(answer: Pick<Entry, "status" | "allowance" | "fields">, wish: Wish): number {
  const stale = Math.max(staleMs(answer, wish, "staleWhileRevalidateMs"), staleMs(answer, wish, "staleIfErrorMs"));
  const validMs = hasValidator(answer) && !isNegative(answer.status) ? validatorKeepMs : 0;
  return Math.min(Math.max(freshMs(answer, wish) + stale, validMs), longestKeepMs);
}

/** What is kept of a body, and how large it was. */
function bodyOf(answer: Reply | Entry): Pick<Entry, "body" | "bodyBytes" | "frozen"> {
  if ("bodyBytes" in answer) {
    const { body, bodyBytes, frozen } = answer;
    return { body, bodyBytes, frozen };
  }
  const body = answer.body as Bytes | undefined;
  return { body: keptBody(body), bodyBytes: body?.length ?? 0 };
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
  const confirmed = isConfirmed ? known : undefined;
  const { status } = confirmed ?? reply;
  const fields = confirmed ? mergeFields(confirmed.fields, reply.headers) : KeptFields.of(reply.headers);
  const { headers } = fields;
  // A 404 that the call does not ask to be kept has no time, whatever else is said of it.
  const isAsked =
    isNegative(status) || (wish.ttlMs ?? wish.staleWhileRevalidateMs ?? wish.staleIfErrorMs) !== undefined;
  const allowance = allowanceOf({ headers }, profile.cacheControl === "trusted", isAsked);
  const isGood = isNegative(status) ? verdict === "failed" : verdict === "success" && storable.includes(status);
  const isOwn =
    !variesByCall({ headers }) && !(reply.body instanceof ReadableStream) && !wasRedirected(profile, call, reply);
  const tags = known ? [...new Set([...wish.tags, ...known.tags])] : wish.tags;
  const keepMs = allowance && isGood && isOwn ? keepMsOf({ status, allowance, fields }, wish) : 0;
  const entry: Entry | undefined =
    allowance && keepMs > 0
      ? {
          status,
          fields,
          form: dataForm(call.operation, { ...reply, headers }),
          ...bodyOf(confirmed ?? reply),
          validatedAtMs: nowMs,
          fetchMs: clock.monotonic() - startedAtMs,
          allowance,
          tags,
        }
      : undefined;
  return {
    reply: confirmed
      ? new KeptReply({ ...confirmed, fields }, call.url, "revalidated", reply.attempts)
      : { ...reply, cache: "miss" },
    verdict,
    entry,
    keepMs,
  };
}
