import type { Bytes } from "../pipeline/bytes.js";
import type { CacheOutcome, Reply } from "../pipeline/reply.js";
import type { Allowance } from "./freshness.js";

/** An answer as it is kept. */
export interface Entry {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Bytes | undefined;
  /** When the provider last said that this is its answer, by the wall clock. */
  readonly validatedAtMs: number;
  /** How long it took to say so. */
  readonly fetchMs: number;
  /** What the answer itself allows, where its provider's directives are trusted. */
  readonly allowance: Allowance;
  /** Its operation's tag among them. */
  readonly tags: readonly string[];
}

/** Headers that callers share, so that none can change them: like those of `fetch`, they throw a TypeError. */
class SharedHeaders extends Headers {
  override append(): void {
    throw new TypeError("These headers are shared, and cannot be changed: copy them first.");
  }
  override set(): void {
    this.append();
  }
  override delete(): void {
    this.append();
  }
}

// Of this connection, not of the answer (RFC 9111, 3.1), or of one caller alone.
const unkept = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authentication-info",
  "proxy-connection",
  "set-cookie",
  "set-cookie2",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** The headers that may be kept, for everyone to read and no one to change. */
export function keptHeaders(headers: Iterable<readonly [string, string]>): Headers {
  return new SharedHeaders([...headers].filter(([name]) => !unkept.includes(name)) as [string, string][]);
}

/** A caller's own copy of the bytes of a reply, so that whoever changes them changes nobody else's. */
export function copied(reply: Reply): Reply {
  const { body } = reply;
  return body instanceof Uint8Array ? { ...reply, body: body.slice() } : reply;
}

/** What an entry is as a reply. Its bytes are still everyone's. */
export function entryReply({ status, headers, body }: Entry, url: string, cache: CacheOutcome): Reply {
  return { status, headers, url, body, attempts: [], cache };
}

/** What an entry is as the reply of one caller. */
export function ownReply({ status, headers, body }: Entry, url: string, cache: CacheOutcome): Reply {
  return { status, headers, url, body: body?.slice(), attempts: [], cache };
}
