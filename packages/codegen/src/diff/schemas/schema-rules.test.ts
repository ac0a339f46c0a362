import { describe, expect, test } from "vitest";
import { diffOf } from "../../../test/diff-pair.js";

/** Two versions of a schema, the rule for the change, and the level in requests and in responses. */
type Case = readonly [title: string, old: unknown, current: unknown, rule: string, request: string, response: string];

const object = (properties: object, required: string[] = []) => ({ type: "object", properties, required });
const text = { type: "string" };

const cases: readonly Case[] = [
  ["a removed property", object({ a: text }), object({}), "property-removed", "breaking", "breaking"],
  ["a new property", object({}), object({ a: text }), "optional-property-added", "additive", "additive"],
  [
    "a new required property",
    object({}),
    object({ a: text }, ["a"]),
    "required-property-added",
    "breaking",
    "additive",
  ],
  [
    "a property that became required",
    object({ a: text }),
    object({ a: text }, ["a"]),
    "property-became-required",
    "breaking",
    "additive",
  ],
  [
    "a property that became optional",
    object({ a: text }, ["a"]),
    object({ a: text }),
    "property-became-optional",
    "additive",
    "breaking",
  ],
  ["another type", text, { type: "boolean" }, "type-changed", "breaking", "breaking"],
  ["one type more", text, { type: ["string", "integer"] }, "type-widened", "additive", "breaking"],
  ["one type fewer", { type: ["string", "integer"] }, text, "type-narrowed", "breaking", "additive"],
  ["no type instead of one", text, {}, "type-widened", "additive", "breaking"],
  [
    "null in the notation of OpenAPI 3.0",
    text,
    { type: "string", nullable: true },
    "became-nullable",
    "additive",
    "breaking",
  ],
  [
    "null in the notation of OpenAPI 3.1",
    text,
    { type: ["string", "null"] },
    "became-nullable",
    "additive",
    "breaking",
  ],
  ["a type that lost null", { type: ["string", "null"] }, text, "became-not-nullable", "breaking", "additive"],
  [
    "an integer instead of a number",
    { type: "number" },
    { type: "integer" },
    "number-became-integer",
    "breaking",
    "invisible",
  ],
  [
    "a number instead of an integer",
    { type: "integer" },
    { type: "number" },
    "integer-became-number",
    "additive",
    "invisible",
  ],
  ["a new format", text, { type: "string", format: "email" }, "format-added", "breaking", "invisible"],
  ["a file instead of a string", text, { type: "string", format: "binary" }, "binary-changed", "breaking", "breaking"],
  [
    "a removed enum value",
    { type: "string", enum: ["a", "b"] },
    { type: "string", enum: ["a"] },
    "enum-value-removed",
    "breaking",
    "breaking",
  ],
  [
    "a new enum value",
    { type: "string", enum: ["a"] },
    { type: "string", enum: ["a", "b"] },
    "enum-value-added",
    "additive",
    "additive",
  ],
  ["an enum instead of any string", text, { type: "string", enum: ["a"] }, "enum-introduced", "breaking", "additive"],
  ["any string instead of an enum", { type: "string", enum: ["a"] }, text, "enum-lifted", "additive", "breaking"],
  [
    "a lower maximum",
    { type: "integer", maximum: 9 },
    { type: "integer", maximum: 5 },
    "constraint-tightened",
    "breaking",
    "invisible",
  ],
  [
    "a higher maximum",
    { type: "integer", maximum: 5 },
    { type: "integer", maximum: 9 },
    "constraint-loosened",
    "additive",
    "additive",
  ],
  ["a new minimum length", text, { type: "string", minLength: 1 }, "constraint-tightened", "breaking", "invisible"],
  ["a new pattern", text, { type: "string", pattern: "^a" }, "pattern-changed", "breaking", "invisible"],
  [
    "another default",
    { type: "integer", default: 1 },
    { type: "integer", default: 2 },
    "default-changed",
    "breaking",
    "invisible",
  ],
  [
    "a removed alternative",
    { oneOf: [text, { type: "object" }] },
    { oneOf: [text] },
    "alternative-removed",
    "breaking",
    "additive",
  ],
  [
    "a new alternative",
    { oneOf: [text] },
    { oneOf: [text, { type: "object" }] },
    "alternative-added",
    "additive",
    "breaking",
  ],
  [
    "an object that no longer allows additional properties",
    { type: "object", additionalProperties: text },
    { type: "object" },
    "map-closed",
    "breaking",
    "breaking",
  ],
  [
    "an object that now allows additional properties",
    { type: "object" },
    { type: "object", additionalProperties: true },
    "map-opened",
    "additive",
    "additive",
  ],
  ["a new deprecation", text, { type: "string", deprecated: true }, "schema-deprecated", "additive", "additive"],
  [
    "another description",
    text,
    { type: "string", description: "A name." },
    "schema-text-changed",
    "invisible",
    "invisible",
  ],
];

describe.each(cases)("%s", (...[, old, current, rule, request, response]) => {
  test(`is ${request} in a request`, () => {
    expect(diffOf({ body: old }, { body: current }).changes).toMatchObject([{ rule, level: request, side: "request" }]);
  });

  test(`is ${response} in a response`, () => {
    expect(diffOf({ response: old }, { response: current }).changes).toMatchObject([
      { rule, level: response, side: "response" },
    ]);
  });
});
