import type { Bytes } from "../pipeline/bytes.js";
import type { Attempt, CacheOutcome, Reply } from "../pipeline/reply.js";
import type { Entry } from "./entry.js";
import type { FrozenData } from "./frozen-data.js";
import { ownBytes } from "./kept-body.js";

type Kept = Pick<Entry, "status" | "fields" | "body" | "frozen">;

/**
 * What an entry is as the reply of one caller: its bytes are the caller's own, its headers everyone's. Both are made when
 * they are read, since most callers want the data alone and they would take longer than all else of a hit.
 */
export class KeptReply implements Reply {
  readonly status: number;
  readonly url: string;
  readonly cache: CacheOutcome;
  readonly attempts: readonly Attempt[];
  readonly #entry: Kept;
  #body: Bytes | undefined;

  constructor(entry: Kept, url: string, cache: CacheOutcome, attempts: readonly Attempt[] = []) {
    this.status = entry.status;
    this.url = url;
    this.cache = cache;
    this.attempts = attempts;
    this.#entry = entry;
  }

  get headers(): Headers {
    return this.#entry.fields.headers;
  }

  get body(): Bytes | undefined {
    this.#body ??= ownBytes(this.#entry.body);
    return this.#body;
  }

  get frozen(): FrozenData | undefined {
    return this.#entry.frozen;
  }

  /** The same for another caller. */
  copy(): KeptReply {
    return new KeptReply(this.#entry, this.url, this.cache, this.attempts);
  }
}

/** A caller's own copy of a reply, so that whoever changes its bytes changes nobody else's. */
export function copied(reply: Reply): Reply {
  if (reply instanceof KeptReply) return reply.copy();
  const { body } = reply;
  return body instanceof Uint8Array ? { ...reply, body: body.slice() } : reply;
}
