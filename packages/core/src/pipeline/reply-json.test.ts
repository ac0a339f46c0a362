import { expect, test, vi } from "vitest";
import { createAcme } from "../../test/acme.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { replyJson, takeJson } from "./reply-json.js";

const bytesOf = (text: string) => new TextEncoder().encode(text);

test("a caller takes what was parsed: the core and other callers parse it anew", () => {
  const reply = { body: bytesOf('{"a":[1]}') };
  const parsed = replyJson(reply);
  expect(replyJson(reply)).toBe(parsed);
  expect(takeJson(reply)).toBe(parsed);
  expect(takeJson(reply)).toBeUndefined();
  expect(replyJson(reply)).not.toBe(parsed);
  expect(replyJson(reply)).toEqual({ a: [1] });
});

test("nothing is taken of a body that is not JSON, or that was not parsed", () => {
  const broken = { body: bytesOf("<html>") };
  expect(replyJson(broken)).toBeUndefined();
  expect(takeJson(broken)).toBeUndefined();
  expect(takeJson({ body: bytesOf("{}") })).toBeUndefined();
});

test("a response that a rule of the profile read is parsed once", async () => {
  const text = '{"ok":true,"n":1}';
  const { fetch } = stubFetch(() => new Response(text));
  const rules = [{ when: { status: 200, body: { at: ["ok"], equals: false } }, verdict: "failed" }] as const;
  const acme = createAcme({ fetch }, { retry: { rules } });
  const parse = vi.spyOn(JSON, "parse");
  try {
    expect((await acme.GET("/things")).data).toEqual({ ok: true, n: 1 });
    expect(parse.mock.calls.filter(([given]) => given === text)).toHaveLength(1);
  } finally {
    parse.mockRestore();
  }
});
