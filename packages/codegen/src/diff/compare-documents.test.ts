import { describe, expect, test } from "vitest";
import { diffOf, type PetsDocument } from "../testing/diff-pair.js";

const text = { type: "string" };
const query = (name: string, more: object = {}) => ({ name, in: "query", schema: text, ...more });
const answers = (responses: object) => ({ operation: { responses } });
const json = (schema: unknown) => ({ description: "", content: { "application/json": { schema } } });
const body = (requestBody: object) => ({ operation: { requestBody } });
const asMedia = (type: string) => ({ content: { [type]: { schema: { type: "object" } } } });

const cases: readonly (readonly [string, PetsDocument, PetsDocument, string, string])[] = [
  ["a parameter that is gone", { parameters: [query("a")] }, {}, "parameter-removed", "breaking"],
  ["a new parameter", {}, { parameters: [query("a")] }, "optional-parameter-added", "additive"],
  [
    "a new required parameter",
    {},
    { parameters: [query("a", { required: true })] },
    "required-parameter-added",
    "breaking",
  ],
  [
    "a parameter that became required",
    { parameters: [query("a")] },
    { parameters: [query("a", { required: true })] },
    "parameter-became-required",
    "breaking",
  ],
  [
    "a parameter that became optional",
    { parameters: [query("a", { required: true })] },
    { parameters: [query("a")] },
    "parameter-became-optional",
    "additive",
  ],
  [
    "a parameter that is written otherwise",
    { parameters: [query("a")] },
    { parameters: [query("a", { explode: false })] },
    "parameter-style-changed",
    "invisible",
  ],
  [
    "a parameter of another type",
    { parameters: [query("a")] },
    { parameters: [query("a", { schema: { type: "boolean" } })] },
    "type-changed",
    "breaking",
  ],
  ["a body that is gone", { body: text }, {}, "body-removed", "breaking"],
  ["a new required body", {}, { body: text }, "required-body-added", "breaking"],
  [
    "a new optional body",
    {},
    body({ content: { "application/json": { schema: text } } }),
    "optional-body-added",
    "additive",
  ],
  [
    "a body that may be left out",
    { body: text },
    body({ content: { "application/json": { schema: text } } }),
    "body-became-optional",
    "additive",
  ],
  [
    "a form in place of JSON",
    body(asMedia("application/json")),
    body(asMedia("application/x-www-form-urlencoded")),
    "body-form-changed",
    "invisible",
  ],
  [
    "text in place of JSON",
    body(asMedia("application/json")),
    body(asMedia("text/plain")),
    "body-kind-changed",
    "breaking",
  ],
  [
    "a second answer of success",
    answers({ 200: json(text) }),
    answers({ 200: json(text), 202: json({ type: "object" }) }),
    "success-added",
    "breaking",
  ],
  [
    "a second answer like the first",
    answers({ 200: json(text) }),
    answers({ 200: json(text), 201: json(text) }),
    "success-like-another-added",
    "additive",
  ],
  [
    "an answer of success less",
    answers({ 200: json(text), 202: json(text) }),
    answers({ 200: json(text) }),
    "success-removed",
    "breaking",
  ],
  [
    "another status of success",
    answers({ 200: json(text) }),
    answers({ 201: json(text) }),
    "success-status-changed",
    "invisible",
  ],
  [
    "an answer without a body",
    answers({ 200: json(text) }),
    answers({ 200: { description: "" } }),
    "response-body-removed",
    "breaking",
  ],
  [
    "an answer with a body",
    answers({ 200: { description: "" } }),
    answers({ 200: json(text) }),
    "response-body-added",
    "additive",
  ],
  [
    "a new error",
    answers({ 200: json(text) }),
    answers({ 200: json(text), 409: json(text) }),
    "error-added",
    "additive",
  ],
  [
    "an error less",
    answers({ 200: json(text), 409: json(text) }),
    answers({ 200: json(text) }),
    "error-removed",
    "invisible",
  ],
  ["another name", {}, { operation: { operationId: "addPet" } }, "operation-renamed", "breaking"],
  ["a deprecation", {}, { operation: { deprecated: true } }, "operation-deprecated", "additive"],
  ["other words", {}, { operation: { summary: "Adds a pet." } }, "text-changed", "invisible"],
  ["another server", {}, { operation: { servers: [{ url: "https://eu.pets.test" }] } }, "server-changed", "invisible"],
  ["another credential", { security: [{ key: [] }] }, { security: [{ oauth: [] }] }, "security-narrowed", "breaking"],
  [
    "a second way to authenticate",
    { security: [{ key: [] }] },
    { security: [{ key: [] }, { oauth: [] }] },
    "security-changed",
    "additive",
  ],
  ["a credential where none was needed", {}, { security: [{ key: [] }] }, "security-narrowed", "breaking"],
];

test.each(cases)("%s", (_, old, now, rule, level) => {
  expect(diffOf(old, now).changes).toMatchObject([{ rule, level, operations: ["POST /pets"] }]);
});

describe("operations", () => {
  const get = { get: { operationId: "listPets", responses: { 200: { description: "" } } } };

  test("that are gone are breaking, new ones additive", () => {
    const { changes, operations } = diffOf({ paths: { "/old": get } }, { paths: { "/new": get } });
    expect(changes).toMatchObject([
      { rule: "operation-removed", level: "breaking", owner: "GET /old" },
      { rule: "operation-added", level: "additive", owner: "GET /new" },
    ]);
    expect(operations).toEqual({ old: 2, new: 2 });
  });

  test("that did not change are silent, and the gravest changes come first", () => {
    expect(diffOf({ paths: { "/pets/all": get } }, { paths: { "/pets/all": get } }).changes).toEqual([]);
    const { changes } = diffOf({ parameters: [query("a")] }, { operation: { summary: "x" }, parameters: [query("b")] });
    expect(changes.map(({ level }) => level)).toEqual(["breaking", "additive", "invisible"]);
  });

  test("header parameters are the same in any case, and the client's own are nobody's business", () => {
    const header = (name: string) => ({ name, in: "header", schema: text });
    const old = { parameters: [header("X-Trace"), header("Authorization")] };
    expect(diffOf(old, { parameters: [header("x-trace")] }).changes).toEqual([]);
  });
});
