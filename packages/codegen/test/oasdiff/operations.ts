import type { PetsDocument } from "../diff-pair.js";
import { type CheckPair, documentPairs } from "./check-pair.js";

const get = (more: object = {}) => ({
  get: { operationId: "listPets", responses: { 200: { description: "" } }, ...more },
});
const paths = (more?: object): PetsDocument => ({ paths: { "/cats": get(more) } });
const deprecated = (more: object = {}): PetsDocument => ({ operation: { deprecated: true, ...more } });
const hook = (names: readonly string[]): PetsDocument => ({
  webhooks: Object.fromEntries(names.map((name) => [name, { post: { responses: {} } }])),
});
const sunset = "`x-sunset` is a rule for publishers: the end that it announces breaks no call today.";
const stability = "`x-stability-level` is an extension of oasdiff.";

/** Operations, webhooks, and the names of the document. */
export const operationPairs: readonly CheckPair[] = [
  ...documentPairs("endpoint-added", { old: {}, current: paths(), expected: ["operation-added", "additive"] }),
  ...documentPairs("api-{path-,}removed-{without-deprecation,before-sunset}", {
    old: paths(),
    current: {},
    expected: ["operation-removed", "breaking"],
  }),
  ...documentPairs("api-path-sunset-parse", {
    old: paths({ deprecated: true, "x-sunset": "soon" }),
    current: {},
    expected: ["operation-removed", "breaking"],
  }),
  ...documentPairs("api-{path-,}removed-with-deprecation", {
    old: paths({ deprecated: true, "x-sunset": "2020-01-01" }),
    current: {},
    expected: ["operation-removed", "breaking"],
    reason: "A call that compiled no longer does, whether its end was announced or not.",
  }),
  ...documentPairs("endpoint-deprecated endpoint-deprecated-with-sunset", {
    old: {},
    current: deprecated({ "x-sunset": "2099-01-01" }),
    expected: ["operation-deprecated", "additive"],
  }),
  ...documentPairs("api-deprecated-sunset-{parse,missing} api-sunset-date-too-small", {
    old: {},
    current: deprecated({ "x-sunset": "soon" }),
    expected: ["operation-deprecated", "additive"],
    reason: sunset,
  }),
  ...documentPairs("sunset-deleted api-sunset-date-changed-too-small", {
    old: deprecated({ "x-sunset": "2099-01-01" }),
    current: deprecated(),
    expected: undefined,
    reason: sunset,
  }),
  ...documentPairs("endpoint-reactivated", {
    old: deprecated(),
    current: {},
    expected: ["operation-no-longer-deprecated", "additive"],
  }),
  ...documentPairs("api-invalid-stability-level api-stability-decreased", {
    old: { operation: { "x-stability-level": "stable" } },
    current: { operation: { "x-stability-level": "draft" } },
    expected: undefined,
    reason: stability,
  }),
  ...documentPairs("api-stability-increased", {
    old: { operation: { "x-stability-level": "draft" } },
    current: { operation: { "x-stability-level": "stable" } },
    expected: undefined,
  }),
  ...documentPairs("api-operation-id-{removed,added}", {
    old: { operation: { operationId: "createPet" } },
    current: { operation: { operationId: undefined } },
    expected: ["operation-renamed", "breaking"],
    reason: "The constant that a program imports has the name of the operationId.",
  }),
  ...documentPairs("api-tag-{removed,added}", {
    old: { operation: { tags: ["a"] } },
    current: { operation: { tags: ["b"] } },
    expected: undefined,
  }),
  ...documentPairs("api-version-{not-bumped,decreased} api-major-version-not-bumped", {
    old: {},
    current: {},
    expected: undefined,
  }),
  ...documentPairs("webhook-added", {
    old: hook(["a"]),
    current: hook(["a", "b"]),
    expected: ["webhook-added", "additive"],
  }),
  ...documentPairs("webhook-removed", {
    old: hook(["a", "b"]),
    current: hook(["a"]),
    expected: ["webhook-removed", "breaking"],
  }),
  ...documentPairs("api-schema-removed", {
    old: { schemas: { Cat: { type: "object" } } },
    current: {},
    expected: ["schema-removed", "breaking"],
    reason: "A program can import the type of a schema by its name.",
  }),
];
