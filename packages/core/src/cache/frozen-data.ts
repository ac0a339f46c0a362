import { parseReply } from "../connector/parse-reply.js";
import type { AttachedCache } from "./cache-options.js";
import type { Entry } from "./entry.js";
import { KeptReply } from "./kept-reply.js";

/** What an answer says, for all callers alike, none of whom can change it. */
export interface FrozenData {
  readonly value: unknown;
  /** What it takes, as it is reckoned. */
  readonly bytes: number;
}

// A record has fewer names, which it shares with others; what has more is a map, whose names are its own.
const maxRecordKeys = 32;

/**
 * Freezes all of it, however deep, and reckons the bytes that V8 takes for it: 1 to 2.7 times those. Bytes
 * cannot be frozen.
 */
export function freezeAll(data: unknown, bytesPerCharacter = 2): number {
  let bytes = 0;
  const text = (length: number) => 24 + length * bytesPerCharacter;
  const left: unknown[] = [data];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === "string") bytes += text(value.length);
    // In an array that is frozen each fraction is an object.
    else if (typeof value === "number" && !Number.isInteger(value)) bytes += 16;
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) continue;
    Object.freeze(value);
    const keys = Object.keys(value);
    bytes += Array.isArray(value) ? 32 + 8 * keys.length : 64 + 16 * keys.length;
    const isMap = !Array.isArray(value) && keys.length > maxRecordKeys;
    for (const key of keys) {
      left.push((value as Record<string, unknown>)[key]);
      if (isMap) bytes += text(key.length);
    }
  }
  return bytes;
}

/** An entry with its data parsed and frozen; as it is where it is no JSON in UTF-8. */
export function withFrozenData(entry: Entry): Entry {
  const { form, body, bodyBytes, frozen } = entry;
  if (frozen || form !== "json" || typeof body !== "string") return entry;
  try {
    const value: unknown = JSON.parse(body);
    return { ...entry, frozen: { value, bytes: freezeAll(value, body.length === bodyBytes ? 1 : 2) } };
  } catch {
    return entry;
  }
}

/** Reads an answer for a caller, who gets a frozen one wherever the cache had to do with it. */
export const parseFrozen: NonNullable<AttachedCache["parse"]> = (operation, reply) => {
  const frozen = reply instanceof KeptReply ? reply.frozen : undefined;
  if (frozen) return frozen.value;
  const data = parseReply(operation, reply);
  if (reply.cache !== undefined) freezeAll(data);
  return data;
};
