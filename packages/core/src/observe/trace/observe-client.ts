import { createApiError } from "../../client/create-api-error.js";
import type { ClientObservation, ObservationContext, Observer } from "../../client/observer.js";
import type { Call } from "../../pipeline/call.js";
import type { ClientRecord, QuotaRecord } from "../../pipeline/call-record.js";
import { onBodyEnd } from "../../pipeline/on-body-end.js";
import type { Reply } from "../../pipeline/reply.js";
import { readQuotas } from "../../rate-limit/read-quotas.js";
import { type AttemptTrace, isOfUnknownSize } from "./attempt-trace.js";
import { CallTrace, type TraceContext, type TraceEnd, type TraceStart } from "./call-trace.js";
import { shortText } from "./failure-record.js";
import { notify } from "./guard.js";
import { occupiedSlots } from "./occupied-slots.js";

/** The trace of a call: `sendCall` or `startCall` created it. */
const traceOf = ({ settings }: Call) => settings.observation as CallTrace;

/** The call with a count of what is sent, where the size of its body is not known before. */
function counted(call: Call, attempt: AttemptTrace): Call {
  const { body, settings } = call;
  if (!isOfUnknownSize(body)) return call;
  attempt.sentBytes = 0;
  const onUploadProgress: Call["settings"]["onUploadProgress"] = (progress) => {
    attempt.sentBytes = progress.sentBytes;
    settings.onUploadProgress?.(progress);
  };
  return { ...call, settings: { ...settings, onUploadProgress } };
}

const bucketOf = ({ tenant, operation }: Call) => `${tenant?.id} ${operation.bucket}`;

function toClientRecord({ profile, options, concurrency }: ObservationContext): ClientRecord {
  const { rateLimit, cache } = options;
  const limits = rateLimit === false ? [] : (rateLimit?.limits ?? profile.rateLimits ?? []);
  return Object.freeze({
    provider: profile.id,
    name: profile.name,
    limits: Object.freeze(
      limits.map(({ bucket, limit, perMs, per: each, costs = {} }) => {
        const per = typeof each === "object" ? `parameter ${each.parameter}` : each;
        return Object.freeze({ bucket, limit, perMs, per, costs });
      }),
    ),
    concurrency,
    hasCache: cache !== undefined,
  });
}

/** Observes a client on behalf of its observers: creates a trace for each call, and records in it what happens to the call. */
export function observeClient(context: ObservationContext, observers: readonly Observer[]): ClientObservation {
  const { profile, clock, strategies, concurrency } = context;
  const traces: TraceContext = { provider: profile.id, clock, observers, redact: String };
  const slots = occupiedSlots(concurrency, clock);
  const record = toClientRecord(context);
  for (const observer of observers) notify(observer, () => observer.hooks.onClient?.(record));

  /** Runs a call with a trace of its own. */
  const observed = async <T>(
    start: TraceStart,
    run: (trace: CallTrace) => Promise<T>,
    toEnd: (result: T) => TraceEnd,
  ): Promise<T> => {
    const trace = new CallTrace(traces, start);
    try {
      const result = await trace.run(() => run(trace));
      trace.end(toEnd(result));
      return result;
    } catch (error) {
      trace.end({ error });
      throw error;
    }
  };

  const quotasOf = (reply: Reply, call: Call): readonly QuotaRecord[] => {
    const quotas = readQuotas(context, reply, clock.now());
    const group = strategies.quotaName?.(reply.headers, profile.quotaNames);
    return quotas.map(({ name, remaining, resetMs }) => {
      const names = [group, name].filter((part) => part).join(" ");
      return Object.freeze({ name: shortText(names, call.redact ?? String) ?? "", remaining, resetMs });
    });
  };

  return {
    sendCall: (send) => (call) => {
      const { operation, init, limits } = call;
      const tags = init.cache ? init.cache.tags : undefined;
      const { signal } = init;
      return observed(
        { operation, trigger: "call", deadlineMs: limits.deadlineMs, tags, signal },
        (observation) => send({ ...call, observation }),
        (outcome) => outcome,
      );
    },
    startCall: (start) => (request) => {
      const { operation, settings, signal } = request;
      const tags = settings.cache ? settings.cache.tags : undefined;
      return observed(
        { operation, trigger: "call", deadlineMs: settings.deadlineMs, tags, signal },
        (observation) => start({ ...request, settings: { ...settings, observation } }),
        (response) => endOf(response, operation),
      );
    },
    policies: {
      perFetch: {
        name: "observeFetch",
        async send(call, next) {
          const { operation, settings, deadline } = call;
          const owner = traceOf(call);
          const deadlineMs = deadline.allowedMs;
          const start: TraceStart = { operation, trigger: "background", deadlineMs };
          const fetch = (observation: CallTrace) => next({ ...call, settings: { ...settings, observation } });
          const toEnd = (response: Reply) => endOf(response, operation);
          if (settings.isRefresh) return observed(start, fetch, toEnd);
          try {
            const reply = await next(call);
            reportRest(owner, start, toEnd(reply));
            return reply;
          } catch (error) {
            reportRest(owner, start, { error });
            throw error;
          }
        },
      },
      admission: {
        name: "observeAdmission",
        async send(call, next) {
          const trace = traceOf(call);
          if (call.redact) {
            traces.redact = call.redact;
            trace.redact = call.redact;
          }
          const bucket = bucketOf(call);
          trace.enter(call, slots.fullMs(bucket));
          try {
            return await next(call);
          } finally {
            // Where it was not admitted.
            trace.leave(slots.fullMs(bucket));
          }
        },
      },
      attempt: {
        name: "observeAttempt",
        async send(call, next) {
          const trace = traceOf(call);
          const bucket = bucketOf(call);
          const attempt = trace.leave(slots.fullMs(bucket));
          if (!attempt) return next(call);
          const leaveSlot = slots.enter(bucket);
          try {
            const reply = await trace.runAttempt(attempt, async () => next(counted(call, attempt)));
            attempt.reply = reply;
            attempt.quotas = quotasOf(reply, call);
            onBodyEnd(reply, leaveSlot);
            void reply.ended?.then((bytes) => {
              attempt.readBytes = bytes;
            });
            return reply;
          } catch (error) {
            leaveSlot();
            throw error;
          } finally {
            trace.endAttempt(attempt);
          }
        },
      },
    },
  };

  /** How a call ended that has a reply rather than an outcome. */
  function endOf(response: Reply, operation: Call["operation"]): TraceEnd {
    const isSuccess = response.verdict.kind === "success";
    return isSuccess ? { response } : { response, error: createApiError(context, operation, response) };
  }

  /** Reports attempts of a call that ended before them: other calls waited for their result. */
  function reportRest(owner: CallTrace, start: TraceStart, end: TraceEnd): void {
    if (!owner.isOver || owner.attempts.length === 0) return;
    const rest = new CallTrace(traces, start);
    rest.redact = owner.redact;
    rest.attempts.push(...owner.attempts.splice(0));
    rest.end(end);
  }
}
