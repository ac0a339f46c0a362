import type { ErrorName, Fault } from "../faults/fault.ts";
import type { Trial } from "../run/run-fault.ts";
import type { LoggedRequest, WireLog } from "../server/fault-server.ts";
import { requestId } from "../server/reply.ts";
import type { Subject } from "../subjects/subject.ts";

/** How a call ended, for the program that made it. */
export type Outcome = "value" | "wrong value" | "error" | "hung" | "crashed" | "broken";

/** The cells of a row. */
export interface Measured {
  readonly outcome: Outcome;
  /** The class of the error, or what arrived. */
  readonly detail: string;
  readonly requests: number;
  /** How often a write was applied again. */
  readonly doubled: number;
  /** The shortest wait, and what the server had asked for then. */
  readonly waited: { readonly ms: number; readonly asksMs: number } | undefined;
  readonly ms: number | undefined;
  readonly leaks: readonly string[];
  readonly busySockets: number;
  readonly heapMiB: number | undefined;
  readonly peakMiB: number | undefined;
  readonly names: readonly ErrorName[];
  readonly items: number | undefined;
  readonly refreshes: number;
}

const secretForms = /Zq8vX3mN7pR2tLw5/;
const hasSecret = (text: string) =>
  secretForms.test(text) || secretForms.test(Buffer.from(text.replace(/^Basic /, ""), "base64").toString("latin1"));

function leaksOf({ elsewhere }: WireLog, shows: readonly string[]): string[] {
  const sent = elsewhere.some(({ headers, path }) => hasSecret(path) || Object.values(headers).some(hasSecret));
  const body = elsewhere.some((request) => request.body !== "");
  return [
    ...(sent ? ["credential to another origin"] : []),
    ...(body ? ["body to another origin"] : []),
    ...shows.map((form) => `credential in ${form}`),
  ];
}

/** How often the provider executed a write that was called once: it recognizes a key by the header that the subject's provider has. */
function doubledOf({ requests }: WireLog, idempotencyHeader: string | undefined): number {
  const keys = requests
    .filter(({ method, applied }) => method === "POST" && applied)
    .map(({ headers }, index) => (idempotencyHeader && headers[idempotencyHeader]) || index);
  return Math.max(0, new Set(keys).size - 1);
}

function waitOf(requests: readonly LoggedRequest[]): Measured["waited"] {
  const waits = requests.flatMap(({ asksMs, endedAtMs }, index) => {
    const next = requests[index + 1];
    return asksMs !== undefined && endedAtMs !== undefined && next ? [{ ms: next.atMs - endedAtMs, asksMs }] : [];
  });
  return waits.sort((one, other) => one.ms - one.asksMs - (other.ms - other.asksMs))[0];
}

function namesOf(
  facts: readonly (readonly [string, string | number])[],
  { requests }: WireLog,
  operations: readonly string[],
): ErrorName[] {
  const status = requests.at(-1)?.status;
  const count = requests.length;
  // A connection that failed is an attempt without a request.
  const counts = (value: number) => (count === 0 ? value > 0 : value === count || value === count - 1);
  const has = {
    operation: facts.some(([, value]) => typeof value === "string" && operations.some((name) => value.includes(name))),
    status: facts.some(([, value]) => status !== undefined && (value === status || value === String(status))),
    "request id": facts.some(([, value]) => typeof value === "string" && value.includes(requestId)),
    attempts: facts.some(
      ([key, value]) =>
        (/attempts(\.length)?$|attemptNumber$|retryCount$|retries_?left$/i.test(key) &&
          typeof value === "number" &&
          counts(value)) ||
        (typeof value === "string" &&
          new RegExp(`\\b(${count}|${count - 1}) (attempts?|retries)|attempts?: ${count}\\b`).test(value)),
    ),
  };
  return (Object.keys(has) as ErrorName[]).filter((name) => has[name]);
}

/** What arrived is the object of this server, or that of the other origin where it led the client there. */
const isRight = (values: readonly string[]) => values.every((value) => value === "w_1" || value === "elsewhere");

/** The row of one subject before one fault. */
export function measure(subject: Subject, fault: Fault, { end, log }: Trial): Measured {
  const report = end.kind === "report" ? end.report : undefined;
  const { error, values = [] } = report ?? {};
  const isValue = report !== undefined && !error && isRight(values);
  const outcome: Outcome = end.kind !== "report" ? end.kind : error ? "error" : isValue ? "value" : "wrong value";
  return {
    outcome,
    detail: error?.name || (outcome === "wrong value" ? values.join(", ").slice(0, 30) : ""),
    requests: log.requests.length,
    doubled: doubledOf(log, subject.idempotencyHeader),
    waited: waitOf(log.requests),
    ms: report?.ms,
    leaks: leaksOf(log, error?.shows ?? []),
    // Of streams that the program holds, connections are in use.
    busySockets: fault.call.kind === "unread-streams" ? 0 : log.busySockets,
    heapMiB: report?.heapMiB,
    peakMiB: report?.peakMiB,
    names: error ? namesOf(error.facts, log, subject.operations) : [],
    items: report?.items,
    refreshes: report?.refreshes ?? 0,
  };
}
