import type { PetsDocument } from "../diff-pair.js";
import { type CheckPair, documentPairs, parameter, schemaPairs } from "./check-pair.js";

const text = { type: "string" };
const query = (more: object = {}): PetsDocument => parameter("query", text, more);
const object = (properties: object, required: string[] = []) => ({ type: "object", properties, required });
const sunset = "`x-sunset` is a rule for publishers: the end that it announces breaks no call today.";

/** Parameters in query, path and headers. */
export const parameterPairs: readonly CheckPair[] = [
  ...documentPairs("new-required-request-parameter", {
    old: {},
    current: query({ required: true }),
    expected: ["required-parameter-added", "breaking"],
  }),
  ...documentPairs("new-required-request-default-parameter-to-existing-path", {
    old: {},
    current: parameter("query", { type: "string", default: "a" }, { required: true }),
    expected: ["required-parameter-added", "breaking"],
  }),
  ...documentPairs("new-optional-request-parameter new-optional-request-default-parameter-to-existing-path", {
    old: {},
    current: query(),
    expected: ["optional-parameter-added", "additive"],
  }),
  ...documentPairs("new-request-path-parameter", {
    old: { paths: { "/cats": { get: { operationId: "cats", responses: {} } } } },
    current: { paths: { "/cats/{id}": { get: { operationId: "cats", responses: {} } } } },
    expected: ["operation-moved", "breaking"],
  }),
  ...documentPairs("new-required-request-header-property", {
    old: parameter("header", object({})),
    current: parameter("header", object({ a: text }, ["a"])),
    expected: ["required-property-added", "breaking"],
  }),
  ...documentPairs("request-header-property-became-required", {
    old: parameter("header", object({ a: text })),
    current: parameter("header", object({ a: text }, ["a"])),
    expected: ["property-became-required", "breaking"],
  }),
  ...documentPairs("request-parameter-removed", {
    old: query(),
    current: {},
    expected: ["parameter-removed", "breaking"],
  }),
  ...documentPairs("request-parameter-removed-before-sunset request-parameter-sunset-parse", {
    old: query({ deprecated: true, "x-sunset": "soon" }),
    current: {},
    expected: ["parameter-removed", "breaking"],
  }),
  ...documentPairs("request-parameter-removed-with-deprecation", {
    old: query({ deprecated: true, "x-sunset": "2020-01-01" }),
    current: {},
    expected: ["parameter-removed", "breaking"],
    reason: "A call that passes it no longer compiles, whether its end was announced or not.",
  }),
  ...documentPairs("request-parameter-became-required", {
    old: query(),
    current: query({ required: true }),
    expected: ["parameter-became-required", "breaking"],
  }),
  ...documentPairs("request-parameter-became-optional", {
    old: query({ required: true }),
    current: query(),
    expected: ["parameter-became-optional", "additive"],
  }),
  ...documentPairs("request-parameter-deprecated", {
    old: query(),
    current: query({ deprecated: true }),
    expected: ["parameter-deprecated", "additive"],
  }),
  ...documentPairs("request-parameter-deprecated-sunset-missing request-parameter-sunset-date-too-small", {
    old: query(),
    current: query({ deprecated: true, "x-sunset": "2020-01-01" }),
    expected: ["parameter-deprecated", "additive"],
    reason: sunset,
  }),
  ...documentPairs("request-parameter-reactivated", {
    old: query({ deprecated: true }),
    current: query(),
    expected: ["parameter-no-longer-deprecated", "additive"],
  }),
  ...documentPairs("request-parameter-sunset-deleted request-parameter-sunset-date-changed-too-small", {
    old: query({ deprecated: true, "x-sunset": "2099-01-01" }),
    current: query({ deprecated: true, "x-sunset": "2020-01-01" }),
    expected: undefined,
    reason: sunset,
  }),
  ...schemaPairs("request-parameter-max-items-increased", {
    old: { type: "array", items: text, maxItems: 2 },
    current: { type: "array", items: text, maxItems: 3 },
    rule: "constraint-loosened",
    request: "additive",
  }),
  ...schemaPairs("request-parameter-max-items-decreased", {
    old: { type: "array", items: text, maxItems: 3 },
    current: { type: "array", items: text, maxItems: 2 },
    rule: "constraint-tightened",
    request: "breaking",
  }),
  ...schemaPairs("request-parameter-default-value-{changed,added,removed}", {
    old: { type: "integer", default: 1 },
    current: { type: "integer", default: 2 },
    rule: "default-changed",
    request: "breaking",
  }),
];
