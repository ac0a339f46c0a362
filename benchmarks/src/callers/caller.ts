/** Where the calls of a client go. */
export type Target =
  /** Nowhere: its transport is replaced by a function that answers at once. */
  | { readonly kind: "stub" }
  /** A server on this machine, in another process. */
  | { readonly kind: "loopback"; readonly baseUrl: string };

/** Makes one call and waits for its parsed answer. */
export type Call = () => Promise<unknown>;

/** A client as the call benches use it: one read of one object. */
export interface Caller {
  /** What stands in for its transport. */
  readonly stubbed: string;
  /** What was done to it that a user would not do. */
  readonly note?: string;
  prepare(target: Target): Promise<Call>;
}

/** Where a client is pointed when nothing is sent. */
export const nowhere = "http://127.0.0.1:9";

/** The address that a client is given. */
export function baseUrlOf(target: Target): string {
  return target.kind === "stub" ? nowhere : target.baseUrl;
}
