import { describe, expect, test } from "vitest";
import { createEntry } from "../../../test/entry.js";
import { createInvalidations } from "./invalidations.js";
import { createMemoryTier } from "./memory-tier.js";

type Parts = NonNullable<Parameters<typeof createEntry>[0]>;

function bytesOf(parts: Parts, key = "key"): number {
  const memory = createMemoryTier(1 << 20, createInvalidations());
  memory.set(key, createEntry({ body: undefined, bodyBytes: 0, ...parts }), { invalidationSequence: 0, atMs: 0 });
  return memory.bytes;
}

describe("the estimated size of an entry", () => {
  test.each<[string, Parts, number]>([
    ["100 characters of ASCII", { body: "x".repeat(100), bodyBytes: 100 }, 100],
    ["100 wider characters", { body: "\u65e5".repeat(100), bodyBytes: 300 }, 200],
    ["100 bytes", { body: new Uint8Array(100), bodyBytes: 100 }, 100],
    ["an empty text", { body: "", bodyBytes: 0 }, 0],
    ["a tag of 10 characters", { tags: ["1234567890"] }, 20],
    ["two tags", { tags: ["12345", "67890"] }, 20],
    ["a header line of 10 characters", { headers: { etag: '"12"' } }, 64 + 20],
    ["two header lines", { headers: { a: "1", b: "2" } }, 2 * (64 + 8)],
    ["parsed data", { frozen: { value: {}, bytes: 64 } }, 64],
  ])("includes %s", (_, parts, expected) => {
    expect(bytesOf(parts) - bytesOf({})).toBe(expected);
  });

  test("includes the key, and the overhead of every entry", () => {
    expect(bytesOf({}, "x".repeat(103)) - bytesOf({})).toBe(200);
    expect(bytesOf({})).toBeGreaterThan(500);
  });
});

describe("an entry in memory", () => {
  test("is returned up to the age that the caller gives, counted from when this process stored it", () => {
    const memory = createMemoryTier(1 << 20, createInvalidations());
    const entry = createEntry();
    memory.set("key", entry, { invalidationSequence: 0, atMs: 500 });
    expect(memory.get("key", 1_500, 1_000)).toBe(entry);
    expect(memory.get("key", 1_501, 1_000)).toBeUndefined();
    // It is still there, for callers that accept a higher age.
    expect(memory.get("key", 1_000_000, Infinity)).toBe(entry);
    expect(memory.get("other", 500, 1_000)).toBeUndefined();
  });

  test("is removed, with its bytes, once it was deleted or invalidated", () => {
    const invalidations = createInvalidations();
    const memory = createMemoryTier(1 << 20, invalidations);
    memory.set("deleted", createEntry(), { invalidationSequence: 0, atMs: 0 });
    memory.delete("deleted");
    expect([memory.get("deleted", 0, Infinity), memory.bytes]).toEqual([undefined, 0]);
    memory.set("invalidated", createEntry({ tags: ["a"] }), { invalidationSequence: 0, atMs: 0 });
    invalidations.invalidate(["a"]);
    expect([memory.get("invalidated", 0, Infinity), memory.bytes]).toEqual([undefined, 0]);
    memory.set("from before", createEntry({ tags: ["a"] }), { invalidationSequence: 0, atMs: 0 });
    expect(memory.bytes).toBe(0);
  });

  test("is not held with a limit of 0 bytes", () => {
    const memory = createMemoryTier(0, createInvalidations());
    memory.set("key", createEntry(), { invalidationSequence: 0, atMs: 0 });
    memory.delete("key");
    expect([memory.get("key", 0, Infinity), memory.bytes]).toEqual([undefined, 0]);
  });
});
