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
  ] as const)("of status %i has the verdict %s", (status, kind) => {
    expect(new CachedReply(createEntry({ status }), { url, cache: "hit" }).verdict.kind).toBe(kind);
  });

  test("has bytes of its own, also as a copy", () => {
    const reply = new CachedReply(createEntry({ body: "{}" }), { url, cache: "hit" });
    reply.body?.fill(0);
    expect(new TextDecoder().decode(reply.copy().body)).toBe("{}");
    expect(copyReply(reply)).toMatchObject({ status: 200, url, cache: "hit" });
  });
});

test("a copy of a reply shares no bytes with it, and keeps the rest", () => {
  const reply = { ...createReply(200), body: Uint8Array.of(1, 2) };
  const copy = copyReply(reply);
  expect(copy).toEqual(reply);
  expect(copy.body).not.toBe(reply.body);
});
