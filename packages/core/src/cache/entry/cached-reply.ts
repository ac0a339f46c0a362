import type { Attempt } from "../../errors/call-errors.js";
import type { CacheOutcome, Reply } from "../../pipeline/reply.js";
import type { Verdict } from "../../pipeline/verdict.js";
import { type Bytes, isBytes } from "../../platform/bytes.js";
import { success } from "../../retry/classify.js";
import { copyBytes } from "./cached-body.js";
import type { CacheEntry, FrozenData } from "./entry.js";
import { isNegative } from "./entry-freshness.js";

type StoredResponse = Pick<CacheEntry, "status" | "headers" | "body" | "frozen" | "validatedAtMs">;

/** How a stored response reached its caller. */
export interface CachedReplyInit {
  readonly url: string;
  readonly cache: CacheOutcome;
  readonly attempts?: readonly Attempt[];
  readonly requestId?: string | undefined;
}

// Only successes are stored, and responses that say that something does not exist.
const notFound: Verdict = { kind: "failed", retryAfterMs: undefined, notApplied: false, maybeApplied: false };

/**
 * A stored response as the reply to one caller: its bytes are the caller's own, its headers are shared. Both are created when
 * they are read, because most callers read only the data, and creating them would take longer than everything else of a hit.
 */
export class CachedReply implements Reply {
  readonly status: number;
  readonly url: string;
  readonly cache: CacheOutcome;
  readonly attempts: readonly Attempt[];
  readonly verdict: Verdict;
  readonly requestId: string | undefined;
  readonly validatedAtMs: number;
  readonly #entry: StoredResponse;
  #body: Bytes | undefined;

  constructor(entry: StoredResponse, { url, cache, attempts = [], requestId }: CachedReplyInit) {
    this.status = entry.status;
    this.url = url;
    this.cache = cache;
    this.attempts = attempts;
    this.requestId = requestId;
    this.validatedAtMs = entry.validatedAtMs;
    this.verdict = isNegative(entry.status) ? notFound : success;
    this.#entry = entry;
  }

  get headers(): Headers {
    return this.#entry.headers.headers;
  }

  get body(): Bytes | undefined {
    this.#body ??= copyBytes(this.#entry.body);
    return this.#body;
  }

  get frozen(): FrozenData | undefined {
    return this.#entry.frozen;
  }

  /** The same reply for another caller. */
  copy(): CachedReply {
    return new CachedReply(this.#entry, this);
  }
}

/** A copy of a reply for one caller: changing its bytes does not change those of other callers. */
export function copyReply(reply: Reply): Reply {
  if (reply instanceof CachedReply) return reply.copy();
  const { body } = reply;
  return isBytes(body) ? { ...reply, body: body.slice() } : reply;
}
