/** Where the calls of a client go. */
export type Target =
  /** Nowhere: the transport is replaced by a function that responds at once. */
  | { readonly kind: "stub" }
  /** A server on this machine, in another process. */
  | { readonly kind: "loopback"; readonly baseUrl: string };

/** Makes one call and waits for its parsed response. */
export type Call = () => Promise<unknown>;

/** A client as the call benches use it: one read of one object. */
export interface Caller {
  /** What replaces its transport. */
  readonly stubbed: string;
  /** How its configuration differs from a user's. */
  readonly note?: string;
  prepare(target: Target): Promise<Call>;
}

/** The base URL of a client when nothing is sent. */
export const nowhere = "http://127.0.0.1:9";

/** The base URL of a client. */
export function baseUrlOf(target: Target): string {
  return target.kind === "stub" ? nowhere : target.baseUrl;
}
