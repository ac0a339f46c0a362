import type { PetsDocument } from "../diff-pair.js";
import { type CheckPair, documentPairs, header, schemaPairs } from "./check-pair.js";

const text = { type: "string" };
const json = { "application/json": { schema: text } };
const request = (content: object, required = true): PetsDocument => ({
  operation: { requestBody: { required, content } },
});
const response = (content: object): PetsDocument => ({
  operation: { responses: { 200: { description: "", content } } },
});
const statuses = (...names: number[]): PetsDocument => ({
  operation: { responses: Object.fromEntries(names.map((name) => [name, { description: "", content: json }])) },
});
const sameCode = "The client sends and asks for what the document has, and the code of a program stays the same.";

/** Bodies, media types, statuses and headers. */
export const bodyPairs: readonly CheckPair[] = [
  ...documentPairs("request-body-added-required", {
    old: {},
    current: request(json),
    expected: ["required-body-added", "breaking"],
  }),
  ...documentPairs("request-body-added-optional", {
    old: {},
    current: request(json, false),
    expected: ["optional-body-added", "additive"],
  }),
  ...documentPairs("request-body-removed", { old: request(json), current: {}, expected: ["body-removed", "breaking"] }),
  ...documentPairs("request-body-became-optional", {
    old: request(json),
    current: request(json, false),
    expected: ["body-became-optional", "additive"],
  }),
  ...documentPairs("request-body-became-required", {
    old: request(json, false),
    current: request(json),
    expected: ["body-became-required", "breaking"],
  }),
  ...documentPairs("request-body-media-type-added", {
    old: request(json),
    current: request({ ...json, "application/xml": {} }),
    expected: ["body-media-type-added", "additive"],
  }),
  ...documentPairs("request-body-media-type-removed", {
    old: request({ ...json, "application/xml": {} }),
    current: request(json),
    expected: ["body-media-type-removed", "breaking"],
  }),
  ...documentPairs("request-body-media-type-schema-added", {
    old: request({ "application/json": {} }),
    current: request(json),
    expected: ["type-narrowed", "breaking"],
  }),
  ...documentPairs("request-body-media-type-schema-removed", {
    old: request(json),
    current: request({ "application/json": {} }),
    expected: ["type-widened", "additive"],
  }),
  ...documentPairs("response-body-media-type-schema-added", {
    old: response({ "application/json": {} }),
    current: response(json),
    expected: ["type-narrowed", "additive"],
  }),
  ...documentPairs("response-body-media-type-schema-removed", {
    old: response(json),
    current: response({ "application/json": {} }),
    expected: ["type-widened", "breaking"],
  }),
  ...documentPairs("response-media-type-added", {
    old: response(json),
    current: response({ ...json, "text/csv": {} }),
    expected: ["response-media-type-added", "additive"],
  }),
  ...documentPairs("response-media-type-removed", {
    old: response({ ...json, "text/csv": {} }),
    current: response(json),
    expected: ["response-media-type-removed", "breaking"],
  }),
  ...schemaPairs("response-header-became-nullable", {
    old: text,
    current: { type: ["string", "null"] },
    rule: "became-nullable",
    response: "breaking",
  }),
  ...schemaPairs("response-header-became-not-nullable", {
    old: { type: ["string", "null"] },
    current: text,
    rule: "became-not-nullable",
    response: "additive",
  }),
  ...documentPairs("response-media-type-name-{changed,specialized}", {
    old: response({ "application/json": { schema: text } }),
    current: response({ "application/vnd.pets+json": { schema: text } }),
    expected: ["response-media-type-changed", "invisible"],
  }),
  ...documentPairs("response-media-type-name-generalized", {
    old: response({ "application/vnd.pets+json": { schema: text } }),
    current: response(json),
    expected: ["response-media-type-changed", "invisible"],
    reason: sameCode,
  }),
  ...documentPairs("response-success-status-removed", {
    old: statuses(200, 202),
    current: statuses(200),
    expected: ["success-removed", "breaking"],
  }),
  ...documentPairs("response-success-status-added", {
    old: statuses(200),
    current: statuses(200, 202),
    expected: ["success-like-another-added", "additive"],
  }),
  ...documentPairs("response-non-success-status-removed", {
    old: statuses(200, 404),
    current: statuses(200),
    expected: ["error-removed", "invisible"],
  }),
  ...documentPairs("response-non-success-status-added", {
    old: statuses(200),
    current: statuses(200, 404),
    expected: ["error-added", "additive"],
  }),
  ...documentPairs("{required,optional}-response-header-removed", {
    old: header(text),
    current: { operation: { responses: { 200: { description: "" } } } },
    expected: ["header-removed", "breaking"],
  }),
  ...documentPairs("response-header-added", {
    old: { operation: { responses: { 200: { description: "" } } } },
    current: header(text),
    expected: ["header-added", "additive"],
  }),
  ...documentPairs("response-header-became-optional", {
    old: header(text, { required: true }),
    current: header(text),
    expected: ["header-became-optional", "breaking"],
  }),
  ...schemaPairs("response-header-type-changed", {
    old: text,
    current: { type: "boolean" },
    rule: "type-changed",
    response: "breaking",
  }),
  ...schemaPairs("response-header-type-compatible", {
    old: { type: "integer" },
    current: { type: "string" },
    rule: "type-changed",
    response: "breaking",
    reason: "A header is a text in JavaScript, but one that its reader parses.",
  }),
  ...schemaPairs("response-header-type-generalized", {
    old: text,
    current: {},
    rule: "type-widened",
    response: "breaking",
  }),
  ...schemaPairs("response-header-type-specialized", {
    old: {},
    current: text,
    rule: "type-narrowed",
    response: "additive",
  }),
];
