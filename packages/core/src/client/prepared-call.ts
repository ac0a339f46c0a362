import type { Operation } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import type { AccountCallOptions, ResolvedLimits } from "./options.js";

/** What a caller passes besides the operation: options, and `params` and `body` in the shape of openapi-fetch. */
export interface CallInit extends AccountCallOptions {
  readonly params?: {
    readonly path?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly header?: Readonly<Record<string, unknown>>;
    /** Cookies that the document describes; any other is a header. */
    readonly cookie?: Readonly<Record<string, unknown>>;
  };
  readonly body?: unknown;
}

/** A call whose operation and limits are resolved. */
export interface PreparedCall {
  readonly operation: Operation;
  readonly init: CallInit;
  readonly limits: ResolvedLimits;
  readonly stream?: boolean;
  /** Where the request is sent instead of the operation's own address: the next page. */
  readonly url?: string | undefined;
  /** Throws a CallError where the data of a success says that it failed. */
  readonly check?: ((data: unknown, response: Reply) => void) | undefined;
  /** What observers record of the call. */
  readonly observation?: object | undefined;
}
