import type { CallOptions, ConnectorOptions, ProviderProfile } from "../../src/index.js";

/** What the server does with a request: a status, a whole response, a lost connection, silence, or what a `fetch` throws. */
export type Step =
  | number
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | "reset"
  | "silence"
  | { readonly throws: unknown };

/** What is expected of a case. */
export interface Want {
  /** How many requests are sent. */
  readonly requests: number;
  /** `value`, or the name of what is thrown. */
  readonly result: string;
  /** The wait before the second request, in milliseconds: at least and at most. */
  readonly waitMs?: readonly [least: number, most: number];
  /** How many attempts the response or the error names, where that is said. */
  readonly attempts?: number;
  /** A text that the thrown message contains. */
  readonly message?: string;
}

/** How ours compares with the peer. */
export type Verdict =
  /** The same. */
  | "same"
  /** The same need, met in a way that loses less. */
  | "better"
  /** The same need, met in another way. */
  | "different"
  /** Not offered. */
  | "left out";

/** A behavior that a peer tests, in our words. */
export interface PeerCase {
  readonly title: string;
  readonly verdict: Verdict;
  /** Why it is not the same. */
  readonly reason?: string;
  /** What runs; absent where nothing of ours could. */
  readonly run?: {
    /** Request by request; the last one is repeated. */
    readonly steps: readonly Step[];
    /** @default "GET" */
    readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS";
    readonly client?: ConnectorOptions;
    readonly call?: CallOptions & { readonly body?: unknown };
    readonly profile?: Partial<ProviderProfile>;
    /** Aborts the signal before the call, or while it waits for its second attempt. */
    readonly abort?: "before" | "while waiting";
    readonly want: Want;
  };
}

/** The cases of one peer. */
export interface Peer {
  readonly name: string;
  /** The file of its tests. */
  readonly tests: string;
  readonly cases: readonly PeerCase[];
}

type Run = NonNullable<PeerCase["run"]>;

/** A case that ours handles in the same way. */
export function same(title: string, run: Run): PeerCase {
  return { title, verdict: "same", run };
}

/** A case that ours handles otherwise. */
export function other(verdict: "better" | "different", [title, reason]: readonly [string, string], run: Run): PeerCase {
  return { title, verdict, reason, run };
}

/** A case for which there is nothing here. */
export function leftOut(title: string, reason: string): PeerCase {
  return { title, verdict: "left out", reason };
}

/** A value after so many requests. */
export const value = (requests: number, more: Partial<Want> = {}): Want => ({ requests, result: "value", ...more });

/** An error after so many requests. */
export const fails = (result: string, requests: number, more: Partial<Want> = {}): Want => ({
  requests,
  result,
  ...more,
});

/** A refusal that says when to come back. */
export const after = (status: number, retryAfter: string, name = "retry-after"): Step => ({
  status,
  headers: { [name]: retryAfter },
});
