import { describe, expect, test } from "vitest";
import { diffOf, type PetsDocument } from "../../test/diff-pair.js";
import type { Level } from "./rules/rule.js";

const text = { type: "string" };
const query = (name: string, more: object = {}) => ({ name, in: "query", schema: text, ...more });
const responses = (responses: object) => ({ operation: { responses } });
const json = (schema: unknown) => ({ description: "", content: { "application/json": { schema } } });
const body = (requestBody: object) => ({ operation: { requestBody } });
const asMedia = (type: string) => ({ content: { [type]: { schema: { type: "object" } } } });

interface Case {
  readonly old: PetsDocument;
  readonly current: PetsDocument;
  readonly rule: string;
  readonly level: Level;
}

const cases: readonly (readonly [title: string, Case])[] = [
  [
    "a removed parameter",
    { old: { parameters: [query("a")] }, current: {}, rule: "parameter-removed", level: "breaking" },
  ],
  [
    "a new optional parameter",
    { old: {}, current: { parameters: [query("a")] }, rule: "optional-parameter-added", level: "additive" },
  ],
  [
    "a new required parameter",
    {
      old: {},
      current: { parameters: [query("a", { required: true })] },
      rule: "required-parameter-added",
      level: "breaking",
    },
  ],
  [
    "a parameter that became required",
    {
      old: { parameters: [query("a")] },
      current: { parameters: [query("a", { required: true })] },
      rule: "parameter-became-required",
      level: "breaking",
    },
  ],
  [
    "a parameter that became optional",
    {
      old: { parameters: [query("a", { required: true })] },
      current: { parameters: [query("a")] },
      rule: "parameter-became-optional",
      level: "additive",
    },
  ],
  [
    "a parameter with another style",
    {
      old: { parameters: [query("a")] },
      current: { parameters: [query("a", { explode: false })] },
      rule: "parameter-style-changed",
      level: "invisible",
    },
  ],
  [
    "a parameter of another type",
    {
      old: { parameters: [query("a")] },
      current: { parameters: [query("a", { schema: { type: "boolean" } })] },
      rule: "type-changed",
      level: "breaking",
    },
  ],
  ["a removed body", { old: { body: text }, current: {}, rule: "body-removed", level: "breaking" }],
  ["a new required body", { old: {}, current: { body: text }, rule: "required-body-added", level: "breaking" }],
  [
    "a new optional body",
    {
      old: {},
      current: body({ content: { "application/json": { schema: text } } }),
      rule: "optional-body-added",
      level: "additive",
    },
  ],
  [
    "a body that became optional",
    {
      old: { body: text },
      current: body({ content: { "application/json": { schema: text } } }),
      rule: "body-became-optional",
      level: "additive",
    },
  ],
  [
    "a form instead of a JSON body",
    {
      old: body(asMedia("application/json")),
      current: body(asMedia("application/x-www-form-urlencoded")),
      rule: "body-form-changed",
      level: "invisible",
    },
  ],
  [
    "text instead of a JSON body",
    {
      old: body(asMedia("application/json")),
      current: body(asMedia("text/plain")),
      rule: "body-kind-changed",
      level: "breaking",
    },
  ],
  [
    "a second success response",
    {
      old: responses({ 200: json(text) }),
      current: responses({ 200: json(text), 202: json({ type: "object" }) }),
      rule: "success-added",
      level: "breaking",
    },
  ],
  [
    "a second success response with the body of the first",
    {
      old: responses({ 200: json(text) }),
      current: responses({ 200: json(text), 201: json(text) }),
      rule: "success-like-another-added",
      level: "additive",
    },
  ],
  [
    "a removed success response",
    {
      old: responses({ 200: json(text), 202: json(text) }),
      current: responses({ 200: json(text) }),
      rule: "success-removed",
      level: "breaking",
    },
  ],
  [
    "a success response with another status",
    {
      old: responses({ 200: json(text) }),
      current: responses({ 201: json(text) }),
      rule: "success-status-changed",
      level: "invisible",
    },
  ],
  [
    "a success response that lost its body",
    {
      old: responses({ 200: json(text) }),
      current: responses({ 200: { description: "" } }),
      rule: "response-body-removed",
      level: "breaking",
    },
  ],
  [
    "a success response that gained a body",
    {
      old: responses({ 200: { description: "" } }),
      current: responses({ 200: json(text) }),
      rule: "response-body-added",
      level: "additive",
    },
  ],
  [
    "a new error response",
    {
      old: responses({ 200: json(text) }),
      current: responses({ 200: json(text), 409: json(text) }),
      rule: "error-added",
      level: "additive",
    },
  ],
  [
    "a removed error response",
    {
      old: responses({ 200: json(text), 409: json(text) }),
      current: responses({ 200: json(text) }),
      rule: "error-removed",
      level: "invisible",
    },
  ],
  [
    "an operation with another name",
    { old: {}, current: { operation: { operationId: "addPet" } }, rule: "operation-renamed", level: "breaking" },
  ],
  [
    "a deprecated operation",
    { old: {}, current: { operation: { deprecated: true } }, rule: "operation-deprecated", level: "additive" },
  ],
  [
    "an operation with another summary",
    { old: {}, current: { operation: { summary: "Adds a pet." } }, rule: "text-changed", level: "invisible" },
  ],
  [
    "an operation with another server",
    {
      old: {},
      current: { operation: { servers: [{ url: "https://eu.pets.test" }] } },
      rule: "server-changed",
      level: "invisible",
    },
  ],
];

test.each(cases)("comparing documents reports %s as one change", (_, { old, current, rule, level }) => {
  expect(diffOf(old, current).changes).toMatchObject([{ rule, level, operations: ["POST /pets"] }]);
});

describe("in a diff,", () => {
  const get = { get: { operationId: "listPets", responses: { 200: { description: "" } } } };

  test("a removed operation is breaking and a new one is additive", () => {
    const other = { get: { ...get.get, operationId: "listOthers" } };
    const { changes, operations } = diffOf({ paths: { "/old": get } }, { paths: { "/new": other } });
    expect(changes).toMatchObject([
      { rule: "operation-removed", level: "breaking", owner: "GET /old" },
      { rule: "operation-added", level: "additive", owner: "GET /new" },
    ]);
    expect(operations).toEqual({ old: 2, new: 2 });
  });

  test("an unchanged operation has no changes, and the most severe changes come first", () => {
    expect(diffOf({ paths: { "/pets/all": get } }, { paths: { "/pets/all": get } }).changes).toEqual([]);
    const { changes } = diffOf({ parameters: [query("a")] }, { operation: { summary: "x" }, parameters: [query("b")] });
    expect(changes.map(({ level }) => level)).toEqual(["breaking", "additive", "invisible"]);
  });

  test("header names are compared case-insensitively, and headers that the client sets are ignored", () => {
    const header = (name: string) => ({ name, in: "header", schema: text });
    const old = { parameters: [header("X-Trace"), header("Authorization")] };
    expect(diffOf(old, { parameters: [header("x-trace")] }).changes).toEqual([]);
  });
});
