import { describe, expect, test } from "vitest";
import { diffOf, type PetsDocument } from "../../test/diff-pair.js";

const text = { type: "string" };
const query = (name: string) => ({ name, in: "query", schema: text });
const json = (schema: unknown) => ({ description: "", content: { "application/json": { schema } } });

describe("lists", () => {
  const items = { type: "array", items: { type: "object", properties: { id: text } } };
  const list = (page: object, parameters: object[] = [query("after")]) => ({
    paths: {
      "/cats": { get: { operationId: "cats", parameters, responses: { 200: json({ type: "object", ...page }) } } },
    },
  });
  const withCursor = (next: object) => list({ properties: { data: items, next } });
  const rulesOf = (old: PetsDocument, current: PetsDocument) =>
    diffOf(old, current)
      .changes.filter(({ rule }) => rule.startsWith("list-"))
      .map(({ rule, level, owner }) => [rule, level, owner]);

  test.each<[title: string, old: PetsDocument, current: PetsDocument]>([
    ["its cursor became an object", withCursor(text), withCursor({ type: "object", properties: { after: text } })],
    ["its cursor is gone", withCursor(text), list({ properties: { data: items } })],
    ["its parameter is gone", withCursor(text), { ...list({ properties: { data: items, next: text } }, []) }],
    ["its items are an object", withCursor(text), list({ properties: { data: { type: "object" }, next: text } })],
    [
      "its items lost the id",
      list({ properties: { data: items, has_more: { type: "boolean" } } }),
      list({ properties: { data: { type: "array", items: { type: "object" } }, has_more: { type: "boolean" } } }),
    ],
  ])("a list that can no longer be iterated, because %s, is breaking", (_, old, current) => {
    expect(rulesOf(old, current)).toEqual([["list-removed", "breaking", "GET /cats"]]);
  });

  test("a list that became one is additive, where the styles of the client know it", () => {
    const dogs = (next: object) => ({ get: { ...withCursor(next).paths["/cats"].get, operationId: "dogs" } });
    const two = (next: object) => ({ paths: { ...withCursor(text).paths, "/dogs": dogs(next) } });
    expect(rulesOf(two({ type: "object" }), two(text))).toEqual([["list-added", "additive", "GET /dogs"]]);
  });

  test("a list with another array in its page stays one", () => {
    expect(rulesOf(withCursor(text), list({ properties: { data: items, warnings: items, next: text } }))).toEqual([]);
  });
});
