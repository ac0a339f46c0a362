import { type CheckPair, type SchemaPair, schemaPairs } from "./check-pair.js";

const everywhere = "{request,response}-{body,property}";
const object = (more: object) => ({ type: "object", additionalProperties: true, ...more });
const array = (more: object) => ({ type: "array", items: {}, ...more });
const added = { rule: "condition-added", request: "breaking", response: "additive" } as const;
const removed = { rule: "condition-removed", request: "additive", response: "breaking" } as const;

/** A keyword that restricts a value: a check for its coming, and one for its going. */
function comesAndGoes(name: string, with_: object, without: object): CheckPair[] {
  return [
    ...schemaPairs(`${everywhere}-${name}-added`, { old: without, current: with_, ...added }),
    ...schemaPairs(`${everywhere}-${name}-removed`, { old: with_, current: without, ...removed }),
  ];
}

const tuple = (count: number) => ({
  type: "array",
  prefixItems: Array.from({ length: count }, () => ({ type: "string" })),
});
const dependent = (names: object) => object({ dependentRequired: names });
const contains = (more: object) => array({ contains: { type: "string" }, ...more });
const text = (more: object) => ({ type: "string", ...more });
const small = { minProperties: 1 };
const looser = "No type has a bound, and code that reads a value works with any; the change is listed as additive.";
const tightened: Omit<SchemaPair, "old" | "current"> = {
  rule: "constraint-tightened",
  request: "breaking",
  response: "invisible",
};
const loosened: Omit<SchemaPair, "old" | "current"> = {
  rule: "constraint-loosened",
  request: "additive",
  response: "additive",
};
const changed = {
  rule: "dependency-changed",
  request: "breaking",
  response: "breaking",
} as const;

/** Keywords of JSON Schema 2020-12 that restrict a value by other schemas. */
export const conditionPairs: readonly CheckPair[] = [
  ...comesAndGoes("{if,then,else}", object({ else: small }), object({})),
  ...comesAndGoes("contains", contains({}), array({})),
  ...comesAndGoes("dependent-schema", object({ dependentSchemas: { a: small } }), object({})),
  ...comesAndGoes("property-names", object({ propertyNames: { pattern: "^a" } }), object({})),
  ...comesAndGoes("unevaluated-items", array({ unevaluatedItems: false }), array({})),
  ...comesAndGoes("unevaluated-properties", object({ unevaluatedProperties: false }), object({})),
  ...comesAndGoes("content-schema", text({ contentSchema: { type: "object" } }), text({})),
  ...schemaPairs(`${everywhere}-content-media-type-changed`, {
    old: text({ contentMediaType: "application/json" }),
    current: text({ contentMediaType: "application/xml" }),
    rule: "content-changed",
    request: "breaking",
    response: "breaking",
  }),
  ...schemaPairs(`${everywhere}-content-encoding-changed`, {
    old: text({ contentEncoding: "base16" }),
    current: text({ contentEncoding: "base32" }),
    rule: "content-changed",
    request: "breaking",
    response: "breaking",
  }),
  ...schemaPairs("request-{body,property}-min-contains-increased", {
    old: contains({ minContains: 1 }),
    current: contains({ minContains: 2 }),
    ...tightened,
  }),
  ...schemaPairs("response-{body,property}-min-contains-increased", {
    old: contains({ minContains: 1 }),
    current: contains({ minContains: 2 }),
    ...tightened,
  }),
  ...schemaPairs("request-{body,property}-min-contains-decreased", {
    old: contains({ minContains: 2 }),
    current: contains({ minContains: 1 }),
    ...loosened,
  }),
  ...schemaPairs("response-{body,property}-min-contains-decreased", {
    old: contains({ minContains: 2 }),
    current: contains({ minContains: 1 }),
    ...loosened,
    reason: looser,
  }),
  ...schemaPairs("request-{body,property}-max-contains-increased", {
    old: contains({ maxContains: 1 }),
    current: contains({ maxContains: 2 }),
    ...loosened,
  }),
  ...schemaPairs("response-{body,property}-max-contains-increased", {
    old: contains({ maxContains: 1 }),
    current: contains({ maxContains: 2 }),
    ...loosened,
    reason: looser,
  }),
  ...schemaPairs(`${everywhere}-max-contains-decreased`, {
    old: contains({ maxContains: 2 }),
    current: contains({ maxContains: 1 }),
    ...tightened,
  }),
  ...schemaPairs(`${everywhere}-prefix-items-added`, {
    old: tuple(2),
    current: tuple(3),
    rule: "tuple-element-added",
    request: "additive",
    response: "breaking",
  }),
  ...schemaPairs(`${everywhere}-prefix-items-removed`, {
    old: tuple(3),
    current: tuple(2),
    rule: "tuple-element-removed",
    request: "breaking",
    response: "additive",
  }),
  ...schemaPairs(`${everywhere}-dependent-required-added`, {
    old: dependent({}),
    current: dependent({ a: ["b"] }),
    rule: "dependency-added",
    request: "breaking",
    response: "additive",
  }),
  ...schemaPairs(`${everywhere}-dependent-required-removed`, {
    old: dependent({ a: ["b"] }),
    current: dependent({}),
    rule: "dependency-removed",
    request: "additive",
    response: "breaking",
  }),
  ...schemaPairs(`${everywhere}-dependent-required-changed`, {
    old: dependent({ a: ["b"] }),
    current: dependent({ a: ["c"] }),
    ...changed,
  }),
  ...schemaPairs(`${everywhere}-pattern-property-added`, {
    old: object({}),
    current: object({ patternProperties: { "^a": { type: "string" } } }),
    rule: "pattern-property-added",
    request: "breaking",
    response: "additive",
  }),
  ...schemaPairs(`${everywhere}-pattern-property-removed`, {
    old: object({ patternProperties: { "^a": { type: "string" } } }),
    current: object({}),
    rule: "pattern-property-removed",
    request: "additive",
    response: "breaking",
  }),
];
