import fc from "fast-check";
import { expect, test } from "vitest";
import { applyOverlay } from "./apply-overlay.js";
import { mergeUpdate } from "./merge-update.js";
import type { OverlayAction } from "./overlay.js";

const update = (target: string, value: unknown): OverlayAction => ({
  kind: "update",
  target,
  update: value,
  position: "overlay.yaml:4 (actions[0])",
});
const remove = (target: string): OverlayAction => ({
  kind: "remove",
  target,
  position: "overlay.yaml:4 (actions[0])",
});
const copy = (target: string, from: string): OverlayAction => ({
  kind: "copy",
  target,
  copy: from,
  position: "overlay.yaml:4 (actions[0])",
});
const apply = (document: Record<string, unknown>, ...actions: OverlayAction[]) =>
  applyOverlay(document, { actions }, "acme.json");

const pets = () => ({
  info: { title: "Acme", contact: { name: "A" } },
  tags: ["a", "b", "c"],
  paths: {
    "/pets": { get: { parameters: [{ name: "limit" }, { name: "token" }, { name: "token" }] } },
    "/cats": { get: { parameters: [{ name: "token" }] }, post: {} },
  },
});

test("an update merges objects, concatenates lists and replaces single values, at any depth", () => {
  const document = { info: { title: "Acme", tags: ["a"], contact: { name: "A", url: "u" } } };
  expect(
    apply(document, update("$", { info: { title: "New", tags: ["b"], contact: { name: "B" }, more: null } })),
  ).toEqual({
    info: { title: "New", tags: ["a", "b"], contact: { name: "B", url: "u" }, more: null },
  });
});

test("an update reaches every match, and each match gets its own copy", () => {
  const result = apply(
    pets(),
    update("$.paths.*.get", { "x-safe": { why: [] } }),
    update("$.paths['/pets'].get['x-safe'].why", "list"),
  );
  expect(result).toMatchObject({
    paths: { "/pets": { get: { "x-safe": { why: ["list"] } } }, "/cats": { get: { "x-safe": { why: [] } } } },
  });
});

test("a copy merges one node into each match, so that a path or a method can get another name", () => {
  const document = { paths: { "/0-3": { get: { operationId: "list", tags: [] } } } };
  const renamed = apply(
    document,
    update("$.paths", { "/deals": {} }),
    copy("$.paths['/deals']", "$.paths['/0-3']"),
    remove("$.paths['/0-3']"),
    update("$.paths['/deals'].get.tags", "deals"),
  );
  expect(renamed).toEqual({ paths: { "/deals": { get: { operationId: "list", tags: ["deals"] } } } });
  expect(document.paths["/0-3"].get.tags).toEqual([]);
});

test.each([
  ["$.paths.none", "none"],
  ["$.paths.*", "2"],
])("a copy of %s is rejected, because it selects %s", (from, count) => {
  expect(() => apply(pets(), copy("$.info", from))).toThrow(
    `overlay.yaml:4 (actions[0]): \`copy\` must select one node, and selects ${count}.\n  copy  ${from}`,
  );
});

test("an update of a list appends one entry", () => {
  expect(apply(pets(), update("$.paths['/cats'].get.parameters", { name: "page" }))).toMatchObject({
    paths: { "/cats": { get: { parameters: [{ name: "token" }, { name: "page" }] } } },
  });
});

test("a removal removes every match, also several entries of one list", () => {
  expect(apply(pets(), remove("$.paths.*.get.parameters[?@.name=='token']"))).toMatchObject({
    paths: { "/pets": { get: { parameters: [{ name: "limit" }] } }, "/cats": { get: { parameters: [] } } },
  });
  expect(apply(pets(), remove("$.tags[?@=='b']"))).toMatchObject({ tags: ["a", "c"] });
  expect(apply(pets(), remove("$.tags[2,0,0]"))).toMatchObject({ tags: ["b"] });
  expect(apply(pets(), remove("$['paths','tags']['/pets',1,0]"))).toMatchObject({ tags: ["c"] });
});

test("a removal can match both an object and what is in it", () => {
  expect(apply(pets(), remove("$.paths..*"))).toMatchObject({ paths: {} });
});

test("actions are applied in order, each to the result of the one before", () => {
  const replaced = apply(
    pets(),
    remove("$.info.contact"),
    update("$.info", { contact: ["now a list"] }),
    update("$.info.contact", "two"),
  );
  expect(replaced).toMatchObject({ info: { contact: ["now a list", "two"] } });
});

test("a target that matches nothing throws an error that names the action", () => {
  expect(() => apply(pets(), update("$.info", {}), remove("$.paths['/dogs']"))).toThrow(
    "overlay.yaml:4 (actions[0]): the target matches nothing in acme.json.\n  target  $.paths['/dogs']",
  );
});

test.each<[OverlayAction, RegExp]>([
  [update("$.paths[", {}), /the target is not a valid JSONPath \(RFC 9535\)/],
  [update("$.paths[?(@.a = 1)]", {}), /the target is not a valid JSONPath \(RFC 9535\)/],
  [update("$.info.title", "New"), /\$\['info'\]\['title'\] is a single value\. Target the object that contains it/],
  [update("$.info", "New"), /\$\['info'\] is an object: `update` must be an object too/],
  [update("$.tags", ["d"]), /is a list: `update` must be the one entry to append/],
  [
    update("$", { info: { contact: "c" } }),
    /conflicts with the update: info\.contact is an object, the update has a single value\. Remove it with an earlier action/,
  ],
  [remove("$"), /is the whole document, which cannot be removed/],
])("the action %j is rejected", (action, message) => {
  expect(() => apply(pets(), action)).toThrow(message);
});

test("document and overlay do not change", () => {
  const document = pets();
  const actions = [
    update("$.paths.*.get.parameters[0]", { schema: { type: "string" } }),
    update("$.paths.*.get.parameters[0].schema", { format: "x" }),
    remove("$.tags"),
  ];
  const before = structuredClone({ document, actions });
  apply(document, ...actions);
  expect({ document, actions }).toEqual(before);
});

test("a removal removes the matched entries of a list, whatever the order and the number of matches", () => {
  const chosen = fc.array(fc.nat(11), { minLength: 1 });
  fc.assert(
    fc.property(chosen, (indices) => {
      const list = Array.from({ length: 12 }, (_, index) => ({ index }));
      expect(apply({ list }, remove(`$.list[${indices.join(",")}]`))).toEqual({
        list: list.filter(({ index }) => !indices.includes(index)),
      });
    }),
  );
});

const plain = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });

test("an update of a document without lists with itself changes nothing", () => {
  const listless = plain.filter((value) => !JSON.stringify(value).includes("["));
  fc.assert(
    fc.property(listless, (value) => {
      expect(apply(value, update("$", value))).toEqual(value);
    }),
  );
});

test("after a merge, the result has every key of the target and of the update", () => {
  fc.assert(
    fc.property(plain, plain, (target, value) => {
      const merged = structuredClone(target);
      if (mergeUpdate(merged, value) !== undefined) return;
      for (const key of Object.keys(value)) expect(Object.hasOwn(merged, key)).toBe(true);
      for (const key of Object.keys(target)) expect(Object.hasOwn(merged, key)).toBe(true);
    }),
  );
});

test("R47: __proto__ in an update is a key like any other", () => {
  const merged: Record<string, unknown> = {};
  mergeUpdate(
    merged,
    JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
  );
  expect(Object.keys(merged)).toEqual(["__proto__", "constructor"]);
  expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
  expect("polluted" in {}).toBe(false);
});
