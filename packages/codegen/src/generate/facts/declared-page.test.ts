import { describe, expect, test } from "vitest";
import { onlyOperation, readProfile } from "../../../test/sample-input.js";
import { findPage } from "./find-pages.js";

const list = { type: "array", items: { type: "string" } };
const object = (properties: object) => ({ type: "object", properties });
const query = (...names: string[]) => names.map((name) => ({ name, in: "query" }));
const response = (schema: object) => ({ 200: { content: { "application/json": { schema } } } });

const link = { kind: "link-header", items: [] };
const offset = { kind: "offset", items: ["rows"], into: { in: "query", name: "offset" }, size: "limit" };

describe("x-connectry-page", () => {
  const profile = readProfile({ pagination: [link, offset] });
  const declare = (declared: unknown, schema: object = object({ b: list, c: list }), parameters: object[] = []) =>
    findPage(onlyOperation({ parameters, responses: response(schema), "x-connectry-page": declared }), profile);

  test("false: the operation is not a list", () => {
    expect(declare(false, list, query("page"))).toBeUndefined();
  });

  test("names the items where several lists compete", () => {
    expect(declare({ items: ["b"] }, object({ a: list, b: list }), query("page"))).toMatchObject({
      style: 0,
      items: ["b"],
    });
  });

  test("names the style of a list whose document does not have what leads to the next page", () => {
    expect(declare({ style: 1 }, object({ rows: list }))).toMatchObject({ style: 1, items: ["rows"] });
    expect(declare({ style: 1, items: ["b"] })).toMatchObject({ style: 1, items: ["b"] });
  });

  test.each<[declared: unknown, message: RegExp]>([
    [true, /GET \/a: x-connectry-page must be false, or an object with `style`.*got true/],
    [{}, /must be false, or an object/],
    [{ style: 0, item: ["a"] }, /must be false, or an object/],
    [{ style: 2 }, /x-connectry-page\.style must be an index into the profile's `pagination`, from 0 to 1, got 2/],
    [{ style: "offset" }, /x-connectry-page\.style must be an index/],
    [{ items: "a" }, /x-connectry-page\.items must be a path, such as \["data"\], got "a"/],
    [{ style: 0 }, /x-connectry-page cannot be followed: no list of its response is clearly the items: name them/],
    [{ style: 0, items: ["d"] }, /cannot be followed: its response has no list at \["d"\]/],
    [{ items: ["b"] }, /cannot be followed: .*nothing that leads to the next page: name the style/],
  ])("%j is an error that says what it must be", (declared, message) => {
    expect(() => declare(declared)).toThrow(message);
  });
});
