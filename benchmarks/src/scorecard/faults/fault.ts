import type { ServerPlan } from "../server/fault-server.ts";

/** What the program calls. */
export type CallPlan =
  /** One object. */
  | { readonly kind: "read" }
  /** A write that must not happen twice. */
  | { readonly kind: "write" }
  /** Reads, one after another with a pause, or all at once. */
  | { readonly kind: "reads"; readonly count: number; readonly atOnce?: boolean; readonly pauseMs?: number }
  /** A read, a pause, and a write over what may be the same connection. */
  | { readonly kind: "read-then-write"; readonly pauseMs: number }
  /** All items of a list, up to `limit`, after which the program stops by itself. */
  | { readonly kind: "list"; readonly limit: number }
  /** A read or a write whose signal is aborted after some time: 0 before it is sent. */
  | { readonly kind: "aborted"; readonly afterMs: number; readonly isWrite?: boolean }
  /** Streams that are opened and not read, and then a read. */
  | { readonly kind: "unread-streams"; readonly count: number }
  /** Reads of distinct objects, some at once. */
  | { readonly kind: "distinct-reads"; readonly count: number; readonly lanes: number }
  /** Reads, one after another, with a client that reads what is left of its quota. */
  | { readonly kind: "quota"; readonly count: number }
  /** Reads with a credential function whose first token the server rejects. */
  | { readonly kind: "expired-token"; readonly count: number }
  /** Reads over a Redis that is killed in the middle. */
  | { readonly kind: "redis-lost"; readonly count: number };

/** What an error can say. */
export type ErrorName = "operation" | "status" | "request id" | "attempts";

/** What a client does that handles the fault. What is not given is not compared. */
export interface Expected {
  /** `value`: what was asked for arrives. `error`: the program learns that it did not. */
  readonly outcome: "value" | "error" | "either";
  /** Requests at the server: the fewest and the most that are reasonable. */
  readonly requests?: readonly [least: number, most: number];
  /** The call is over within this time. @default 16_000 */
  readonly withinMs?: number;
  /** It waits at least as long as the server asked. */
  readonly waits?: boolean;
  /** What its error says. */
  readonly names?: readonly ErrorName[];
  /** How much the heap, array buffers included, may have grown after a garbage collection. MiB. */
  readonly heapMiB?: number;
  /** How much the memory of the process may have grown in between. MiB. */
  readonly peakMiB?: number;
  /** How often the credential function may be asked for another token. */
  readonly refreshes?: number;
  /** The items of the list, all of them once. */
  readonly items?: number;
}

/** A fault as data. One runner makes the program of each fault and each subject from it. */
export interface Fault {
  readonly id: string;
  /** What the server does, as a sentence without its subject. */
  readonly title: string;
  readonly call: CallPlan;
  readonly server: ServerPlan;
  readonly expected: Expected;
  /** Why that is expected: a standard, a page, or a reason. */
  readonly why: string;
  /** Runs while nothing else does in its process, because its memory is measured. */
  readonly isAlone?: boolean;
}

/** A group of faults, as a section of the report. */
export interface FaultGroup {
  readonly title: string;
  readonly faults: readonly Fault[];
}

/** For how long each client waits for one attempt, where it has an option for that. */
export const attemptTimeoutMs = 1_000;

/** What every error of a response names. */
export const allNames: readonly ErrorName[] = ["operation", "status", "request id", "attempts"];
