import { expect, test } from "vitest";
import { parseYaml } from "./parse-yaml.js";

test("parseYaml reports the file and line of a syntax error", () => {
  expect(() => parseYaml("a: 1\nb: [2,\nc: }", "acme.yaml")).toThrow(/^acme\.yaml:3:\d+ is not valid YAML:/);
});

test("parseYaml rejects a duplicate key", () => {
  expect(() => parseYaml("a: 1\na: 2", "acme.yaml")).toThrow(/acme\.yaml:2:1 .*unique/i);
});

test("lineOf returns the line of a value, or of the nearest ancestor of a missing one", () => {
  const { lineOf } = parseYaml("documents:\n  - name: a\n    more:\n      x: 1\n  - name: b\n", "acme.yaml");
  expect(lineOf(["documents", 0, "more"])).toBe(3);
  expect(lineOf(["documents", 1, "name"])).toBe(5);
  expect(lineOf(["documents", 1, "sha256"])).toBe(5);
  expect(lineOf(["nothing"])).toBe(1);
});

test("parseYaml makes a separate object for each use of an alias", () => {
  const { value } = parseYaml("base: &base { list: [1] }\na: *base\nb: { <<: *base, c: 2 }", "acme.yaml");
  const { a, b } = value as { a: { list: number[] }; b: { list: number[] } };
  a.list.push(9);
  expect(b).toEqual({ list: [1], c: 2 });
});

test("parseYaml rejects aliases that would expand to gigabytes", () => {
  const levels = Array.from({ length: 30 }, (_, level) => `l${level + 1}: &l${level + 1} [*l${level}, *l${level}]`);
  expect(() => parseYaml(["l0: &l0 [x]", ...levels].join("\n"), "bomb.yaml")).toThrow(
    /^bomb\.yaml cannot be read as plain data: .*alias/i,
  );
});

test("R47: parseYaml treats a __proto__ key like any other", () => {
  const { value } = parseYaml("__proto__: { polluted: true }\na: 1", "acme.yaml");
  expect(Object.keys(value as object)).toEqual(["__proto__", "a"]);
  expect("polluted" in {}).toBe(false);
  expect((value as { polluted?: unknown }).polluted).toBeUndefined();
});
