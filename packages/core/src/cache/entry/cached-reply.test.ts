import { describe, expect, test } from "vitest";
import { createReply } from "../../../test/call.js";
import { createEntry } from "../../../test/entry.js";
import { CachedReply, copyReply } from "./cached-reply.js";

const url = "https://api.acme.test/things";

describe("a stored response as a reply", () => {
  test.each([
    [200, "success"],
    [204, "success"],
    [404, "failed"],
    [410, "failed"],
  ] as const)(
    "of status %i has the verdict %s, without retryAfterMs, and neither notApplied nor maybeApplied",
    (status, kind) => {
      const { verdict } = new CachedReply(createEntry({ status }), { url, cache: "hit" });
      expect(verdict).toStrictEqual({ kind, retryAfterMs: undefined, notApplied: false, maybeApplied: false });
    },
  );

  test("has its own copy of the bytes, and so has each copy of it", () => {
    const reply = new CachedReply(createEntry({ body: "{}" }), { url, cache: "hit" });
    reply.body?.fill(0);
    expect(new TextDecoder().decode(reply.copy().body)).toBe("{}");
    expect(copyReply(reply)).toMatchObject({ status: 200, url, cache: "hit" });
  });
});

test("copyReply copies the bytes of a reply, and keeps its other fields", () => {
  const reply = { ...createReply(200), body: Uint8Array.of(1, 2) };
  const copy = copyReply(reply);
  expect(copy).toEqual(reply);
  expect(copy.body).not.toBe(reply.body);
});
