import type { CacheBinding } from "../../client/cache-binding.js";
import { parseReply } from "../../client/parse-reply.js";
import { parseJson } from "../../platform/parse-json.js";
import { CachedReply } from "./cached-reply.js";
import type { CacheEntry } from "./entry.js";

// An object with fewer keys is a record, whose keys are shared with similar objects; one with more is a map with keys of its own.
const maxRecordKeys = 32;

/**
 * Freezes data at every depth, and returns an estimate of the bytes that it takes in V8: 1 to 2.7 times the actual size.
 * Typed arrays cannot be frozen.
 */
export function deepFreeze(data: unknown, bytesPerCharacter = 2): number {
  let bytes = 0;
  const textBytes = (length: number) => 24 + length * bytesPerCharacter;
  const left: unknown[] = [data];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === "string") bytes += textBytes(value.length);
    // In a frozen array each fraction is an object.
    else if (typeof value === "number" && !Number.isInteger(value)) bytes += 16;
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) continue;
    Object.freeze(value);
    const keys = Object.keys(value);
    bytes += Array.isArray(value) ? 32 + 8 * keys.length : 64 + 16 * keys.length;
    const isMap = !Array.isArray(value) && keys.length > maxRecordKeys;
    for (const key of keys) {
      left.push((value as Record<string, unknown>)[key]);
      if (isMap) bytes += textBytes(key.length);
    }
  }
  return bytes;
}

/** An entry with its data parsed and frozen; the same entry where its body is not JSON in UTF-8. */
export function withFrozenData(entry: CacheEntry): CacheEntry {
  const { kind, body, bodyBytes, frozen } = entry;
  if (frozen || kind !== "json" || typeof body !== "string") return entry;
  try {
    const value: unknown = parseJson(body);
    return { ...entry, frozen: { value, bytes: deepFreeze(value, body.length === bodyBytes ? 1 : 2) } };
  } catch {
    return entry;
  }
}

/** Parses a response for a caller; the data is frozen wherever the cache took part in the response. */
export const parseFrozen: NonNullable<CacheBinding["parse"]> = (operation, reply) => {
  // What is frozen was parsed without the operation.
  const frozen = reply instanceof CachedReply && !operation.parseJson ? reply.frozen : undefined;
  if (frozen) return frozen.value;
  const data = parseReply(operation, reply);
  if (reply.cache !== undefined) deepFreeze(data);
  return data;
};
