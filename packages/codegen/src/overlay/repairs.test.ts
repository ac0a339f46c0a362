import { expect, test } from "vitest";
import { applyOverlay } from "./apply-overlay.js";
import type { OverlayAction, RepairName } from "./overlay.js";
import { parseOverlay } from "./read-overlay.js";

const repair = (target: string, name: RepairName): OverlayAction => ({
  kind: "repair",
  target,
  repair: name,
  position: "overlay.yaml:4 (actions[0])",
});
const unite = (schema: unknown) =>
  applyOverlay({ schema }, { actions: [repair("$..[?@.items.anyOf && !@.type]", "unite-items")] }, "acme.json").schema;

const text = { type: "string" };
const object = (properties: object, ...required: string[]) => ({
  type: "object",
  properties,
  ...(required.length > 0 && { required }),
});

test("objects in the items of what is not a list become one object, in which is required what all require", () => {
  const items = { anyOf: [object({ id: text, a: text }, "id", "a"), object({ id: text, b: text }, "id")] };
  expect(unite({ title: "User", items })).toEqual({ title: "User", ...object({ id: text, a: text, b: text }, "id") });
});

test("a member that differs has both schemas, and objects in it are united, too", () => {
  const items = {
    anyOf: [
      object({ at: text, user: object({ id: text, name: text }, "id", "name") }),
      object({ at: { type: "number" }, user: object({ id: text }, "id") }),
      object({ at: text }),
    ],
  };
  expect(unite({ items })).toEqual(
    object({ at: { anyOf: [text, { type: "number" }] }, user: object({ id: text, name: text }, "id") }),
  );
});

test("a nullable alternative without a type makes the schema nullable, also within what is united", () => {
  const latest = { items: { anyOf: [{ $ref: "#/components/schemas/message" }, { nullable: true }] } };
  expect(unite({ items: { anyOf: [object({ latest })] } })).toEqual(
    object({ latest: { anyOf: [{ $ref: "#/components/schemas/message" }], nullable: true } }),
  );
});

test("objects that differ in the single value of a member stay alternatives, and so do texts and objects", () => {
  const tagged = ["file", "message"].map((tag) => object({ type: { enum: [tag], type: "string" } }, "type"));
  expect(unite({ items: { anyOf: tagged } })).toEqual({ anyOf: tagged });
  expect(unite({ items: { anyOf: [text, object({})] } })).toEqual({ anyOf: [text, object({})] });
});

test("a list, whose items are alternatives, stays a list", () => {
  const list = { type: "array", items: { anyOf: [text, object({})] } };
  expect(() => unite({ list })).toThrow("the target matches nothing");
  expect(() => applyOverlay({ a: text }, { actions: [repair("$.a", "unite-items")] }, "acme.json")).toThrow(
    "overlay.yaml:4 (actions[0]): $['a'] does not have what `unite-items` repairs.",
  );
});

test("a GET that writes becomes a POST, with its query parameters in a form", () => {
  const get = {
    operationId: "open",
    parameters: [
      { name: "trigger", in: "query", required: true, description: "Whose", schema: text },
      { name: "view", in: "query", schema: text },
      { name: "x-team", in: "header", schema: text },
    ],
    responses: { 200: { description: "" } },
  };
  const document = { paths: { "/open": { summary: "Open", get }, "/revoke": { get: { operationId: "revoke" } } } };
  const moved = applyOverlay(document, { actions: [repair("$.paths.*", "move-to-post")] }, "acme.json");
  const schema = object({ trigger: { ...text, description: "Whose" }, view: text }, "trigger");
  expect(moved.paths).toEqual({
    "/open": {
      summary: "Open",
      post: {
        ...get,
        parameters: [get.parameters[2]],
        requestBody: { content: { "application/x-www-form-urlencoded": { schema } }, required: true },
      },
    },
    "/revoke": { post: { operationId: "revoke", parameters: [] } },
  });
  expect(document.paths["/open"].get).toBe(get);
});

test("a path that has a POST already is not repaired", () => {
  const paths = { "/a": { get: {}, post: {} } };
  expect(() => applyOverlay({ paths }, { actions: [repair("$.paths.*", "move-to-post")] }, "acme.json")).toThrow(
    "does not have what `move-to-post` repairs",
  );
});

test("a repair is read by its name, and an unknown one is refused", () => {
  const overlay = (name: string) =>
    `overlay: 1.0.0\ninfo: { title: a, version: "1" }\nactions:\n  - target: $.a\n    x-connectry-repair: ${name}\n`;
  expect(parseOverlay(overlay("move-to-post"), "o").actions).toMatchObject([
    { kind: "repair", repair: "move-to-post" },
  ]);
  expect(() => parseOverlay(overlay("other"), "o")).toThrow(
    'x-connectry-repair must be one of unite-items, move-to-post, got "other"',
  );
  expect(() => parseOverlay(`${overlay("move-to-post")}    update: {}\n`, "o")).toThrow(
    "x-connectry-repair is next to `update` or `copy`",
  );
});
