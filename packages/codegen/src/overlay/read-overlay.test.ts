import { expect, test } from "vitest";
import { parseOverlay } from "./read-overlay.js";

const head = 'overlay: 1.0.0\ninfo: { title: Repairs, version: "1" }\n';

test("actions are read with their file and line", () => {
  const { actions } = parseOverlay(
    `${head}actions:\n  - target: $.info\n    update: { x: 1 }\n  - target: $.tags\n    description: gone\n    remove: true\n`,
    "overlay.yaml",
  );
  expect(actions).toEqual([
    { kind: "update", target: "$.info", update: { x: 1 }, position: "overlay.yaml:4 (actions[0])" },
    { kind: "remove", target: "$.tags", position: "overlay.yaml:6 (actions[1])" },
  ]);
});

test("a copy is read from an overlay of version 1.1", () => {
  const text = `${head.replace("1.0.0", "1.1.0")}actions:\n  - target: $.info\n    copy: $.tags\n`;
  expect(parseOverlay(text, "overlay.yaml").actions).toEqual([
    { kind: "copy", target: "$.info", copy: "$.tags", position: "overlay.yaml:4 (actions[0])" },
  ]);
});

test("an overlay in JSON, with extensions and `extends`, is accepted", () => {
  const overlay = {
    overlay: "1.0.1",
    "x-own": 1,
    extends: "acme.yaml",
    info: { title: "a", version: "1", "x-b": 2 },
    actions: [{ target: "$", update: {}, "x-c": 3 }],
  };
  expect(parseOverlay(JSON.stringify(overlay), "overlay.json").actions).toHaveLength(1);
});

test.each([
  [
    "overlay: 2.0.0\ninfo: { title: a, version: '1' }\nactions: [{ target: $, update: {} }]",
    /overlay must be 1\.0\.0 or 1\.1\.0, the supported versions of OpenAPI Overlay, got "2\.0\.0"/,
  ],
  ["overlay: 1.0.0\nactions: [{ target: $, update: {} }]", /info is missing/],
  [`${head}actions: []`, /actions must be a list with at least one entry/],
  [`${head}action: []`, /unknown field `action`: did you mean `actions`\?/],
  [`${head}actions:\n  - update: {}`, /line 4: actions\[0\]\.target is missing/],
  [
    `${head}actions:\n  - target: paths\n    update: {}`,
    /target must be a JSONPath that starts with "\$", got "paths"/,
  ],
  [`${head}actions:\n  - target: $.info`, /actions\[0\] changes nothing/],
  [
    `${head}actions:\n  - target: $.info\n    updates: {}`,
    /line 5: unknown field `actions\[0\]\.updates`: did you mean `update`\?/,
  ],
  [`${head}actions:\n  - target: $.info\n    copy: info`, /copy must be a JSONPath that starts with "\$", got "info"/],
  [`${head}actions:\n  - target: $.info\n    copy: $.a\n    update: {}`, /copy is next to `update`/],
  [`${head}actions:\n  - target: $.info\n    remove: yes please`, /remove must be true or false/],
])("the overlay %j is rejected", (text, message) => {
  expect(() => parseOverlay(text, "overlay.yaml")).toThrow(message);
});
