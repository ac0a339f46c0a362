import type { BodyKind } from "../../platform/body-kind.js";
import { type FreshnessLifetime, noDirectives } from "../http/freshness.js";
import type { CachedBody } from "./cached-body.js";
import { CachedHeaders } from "./cached-headers.js";
import type { CacheEntry } from "./entry.js";

// Raised whenever the format below changes, so that processes of two versions cannot misread each other.
const schema = 4;

/** The fields of a head, by position: named fields would have to be parsed each time. */
type Head = readonly [
  status: number,
  kind: BodyKind,
  body: "none" | "text" | "base64",
  bodyBytes: number,
  validatedAtMs: number,
  fetchMs: number,
  /** 0 for a response without directives. */
  lifetime: FreshnessLifetime | 0,
  tags: readonly string[],
  /** The version of each tag when the value was fetched. */
  tagVersions: readonly string[],
  /** Characters of the headers, and of everything after the head, because a value may arrive truncated. */
  headersLength: number,
  length: number,
];

/** An entry from the store that processes share, and the versions of its tags under which it is valid. */
export interface OpenedEnvelope {
  readonly entry: CacheEntry;
  readonly tagVersions: readonly string[];
}

/** The beginning of every envelope of a key. */
const prefixOf = (key: string) => `${schema} ${key} `;

function packBody(body: CachedBody): readonly [encoding: Head[2], text: string] {
  if (body === undefined) return ["none", ""];
  if (typeof body === "string") return ["text", body];
  let text = "";
  for (let at = 0; at < body.length; at += 8_192) text += String.fromCharCode(...body.subarray(at, at + 8_192));
  return ["base64", btoa(text)];
}

function unpackBody(encoding: Head[2], text: string): CachedBody {
  if (encoding === "none") return undefined;
  return encoding === "text" ? text : Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
}

/** Writes an entry as one text: a line with its schema, key and head, then its headers, then the body. */
export function sealEnvelope(key: string, entry: CacheEntry, tagVersions: readonly string[]): string {
  const { status, headers, kind, bodyBytes, validatedAtMs, fetchMs, tags } = entry;
  const [encoding, text] = packBody(entry.body);
  const lifetime = entry.lifetime === noDirectives ? 0 : entry.lifetime;
  const content = headers.text + text;
  const lengths = [headers.text.length, content.length] as const;
  const head: Head = [
    status,
    kind,
    encoding,
    bodyBytes,
    validatedAtMs,
    Math.ceil(fetchMs),
    lifetime,
    tags,
    tagVersions,
    ...lengths,
  ];
  return `${prefixOf(key)}${JSON.stringify(head)}\n${content}`;
}

/** Reads an envelope; undefined, which is a miss, where it is of another key or schema, or broken: others write to Redis, too. */
export function openEnvelope(key: string, envelope: string): OpenedEnvelope | undefined {
  const prefix = prefixOf(key);
  if (!envelope.startsWith(prefix)) return undefined;
  try {
    const at = envelope.indexOf("\n") + 1;
    const head = JSON.parse(envelope.slice(prefix.length, at)) as Head;
    const [
      status,
      kind,
      encoding,
      bodyBytes,
      validatedAtMs,
      fetchMs,
      packed,
      tags,
      tagVersions,
      headersLength,
      length,
    ] = head;
    if (length !== envelope.length - at) return undefined;
    const lifetime = packed === 0 ? noDirectives : packed;
    const numbers = [status, bodyBytes, validatedAtMs, fetchMs, lifetime.freshMs];
    if (!numbers.every(Number.isFinite) || !Array.isArray(tags) || !Array.isArray(tagVersions)) return undefined;
    const headers = CachedHeaders.read(envelope.slice(at, at + headersLength));
    if (headers === undefined || tags.length !== tagVersions.length) return undefined;
    const body = unpackBody(encoding, envelope.slice(at + headersLength));
    const entry = { status, headers, kind, body, bodyBytes, validatedAtMs, fetchMs, lifetime, tags };
    return { entry, tagVersions };
  } catch {
    return undefined;
  }
}
