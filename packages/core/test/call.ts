import type { Call, CallSettings, Operation, Reply, Tenant } from "../src/index.js";
import { classifyBy } from "./classify.js";

const settings: CallSettings = {
  attemptTimeoutMs: 30_000,
  maxAttempts: 3,
  maxRetryAfterMs: 60_000,
  maxResponseBytes: 10_485_760,
  idleTimeoutMs: 30_000,
  idempotencyKey: undefined,
  fairnessKey: undefined,
  cache: undefined,
  stream: false,
};

/** A tenant with this id. */
export function createTenant(id: string, refreshable = false): Tenant {
  return { id, refreshable, credentialRef: { derive: (from) => from(id) } };
}

interface CallParts extends Partial<Omit<Call, "operation" | "settings" | "headers">> {
  readonly operation?: Partial<Operation>;
  readonly settings?: Partial<CallSettings>;
  readonly headers?: Record<string, string>;
}

/** A call as the pipeline receives it, with the parts that matter to a test replaced. */
export function createCall(parts: CallParts = {}): Call {
  const method = parts.operation?.method ?? "GET";
  const operation: Operation = {
    id: `${method} /things`,
    method,
    path: "/things",
    baseUrl: "https://api.acme.test",
    providerUrl: "https://api.acme.test",
    safety: "safe",
    bucket: "default",
    body: "json",
    response: "json",
    query: {},
    multiSegment: [],
    ...parts.operation,
  };
  return {
    tenant: createTenant("tenant-1"),
    url: "https://api.acme.test/things",
    body: undefined,
    attempt: 1,
    refreshCredential: false,
    deadline: { atMs: Number.POSITIVE_INFINITY, allowedMs: Number.POSITIVE_INFINITY },
    signal: new AbortController().signal,
    ...parts,
    operation,
    headers: { ...parts.headers },
    settings: { ...settings, ...parts.settings },
  };
}

const classify = classifyBy();

/** A response as the end of the pipeline returns it, classified by its status. */
export function createReply(status = 200, headers: Record<string, string> = {}, json?: unknown): Reply {
  const reply = {
    status,
    headers: new Headers(headers),
    url: "https://api.acme.test/things",
    body: json === undefined ? undefined : new TextEncoder().encode(JSON.stringify(json)),
    attempts: [],
    cache: undefined,
  };
  return { ...reply, verdict: classify(reply, { now: () => Date.UTC(2026, 0, 1) }) };
}

/** The error that a promise rejects with; fails where it resolves. */
export async function rejection<T = Error>(promise: Promise<unknown>): Promise<T> {
  try {
    await promise;
  } catch (error) {
    return error as T;
  }
  throw new Error("The promise resolved, and should have been rejected.");
}
