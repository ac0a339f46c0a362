import { type CheckPair, documentPairs, schemaPairs } from "./check-pair.js";

const number = (bounds: object) => ({ type: "number", ...bounds });
const string = (bounds: object) => ({ type: "string", ...bounds });
const array = (bounds: object) => ({ type: "array", items: { type: "string" }, ...bounds });
const readOnly = (bounds: object) => ({
  body: { type: "object", properties: { a: { ...number(bounds), readOnly: true } } },
});
const looser = "No type has a bound, and code that reads a value works with any; the change is listed as additive.";

interface Bound {
  readonly name: string;
  readonly isUpper: boolean;
  readonly of: (value: number | undefined) => object;
}

const bounds: readonly Bound[] = [
  { name: "max", isUpper: true, of: (maximum) => number({ maximum }) },
  { name: "exclusive-max", isUpper: true, of: (exclusiveMaximum) => number({ exclusiveMaximum }) },
  { name: "max-length", isUpper: true, of: (maxLength) => string({ maxLength }) },
  { name: "min", isUpper: false, of: (minimum) => number({ minimum }) },
  { name: "exclusive-min", isUpper: false, of: (exclusiveMinimum) => number({ exclusiveMinimum }) },
  { name: "min-length", isUpper: false, of: (minLength) => string({ minLength }) },
  { name: "min-items", isUpper: false, of: (minItems) => array({ minItems }) },
];

// oasdiff has no check for these.
const missing = new Set(
  [
    "request-body-min-length-set request-property-min-length-set request-parameter-min-length-set",
    "request-body-min-items-decreased request-property-min-items-decreased",
    "response-body-max-unset response-property-max-unset response-body-exclusive-max-unset response-property-exclusive-max-unset",
    "response-body-min-unset response-property-min-unset response-body-exclusive-min-unset response-property-exclusive-min-unset",
    "response-body-min-length-unset response-property-min-length-unset",
  ].flatMap((names) => names.split(" ")),
);

function pairsOf({ name, isUpper, of }: Bound): CheckPair[] {
  const [tighter, wider] = isUpper ? (["decreased", "increased"] as const) : (["increased", "decreased"] as const);
  const [narrow, wide] = isUpper ? ([5, 9] as const) : ([9, 5] as const);
  const tightened = { rule: "constraint-tightened", request: "breaking" } as const;
  const loosened = { rule: "constraint-loosened", request: "additive", response: "additive" } as const;
  const request = `request-{body,property,parameter}-${name}`;
  const response = `response-{body,property}-${name}`;
  return [
    ...schemaPairs(`${request}-${tighter}`, { old: of(wide), current: of(narrow), ...tightened }),
    ...schemaPairs(`${request}-set`, { old: of(undefined), current: of(narrow), ...tightened }),
    ...schemaPairs(`${request}-${wider}`, { old: of(narrow), current: of(wide), ...loosened }),
    ...schemaPairs(`${response}-${wider}`, { old: of(narrow), current: of(wide), ...loosened, reason: looser }),
    ...schemaPairs(`${response}-unset`, { old: of(narrow), current: of(undefined), ...loosened, reason: looser }),
  ].filter(({ check }) => !missing.has(check));
}

/** Bounds of numbers, texts and arrays, and patterns. */
export const boundPairs: readonly CheckPair[] = [
  ...bounds.flatMap(pairsOf),
  ...documentPairs("request-read-only-property-{max,exclusive-max,max-length}-decreased", {
    old: readOnly({ maximum: 9 }),
    current: readOnly({ maximum: 5 }),
    expected: undefined,
  }),
  ...documentPairs("request-read-only-property-{min,exclusive-min}-increased", {
    old: readOnly({ minimum: 5 }),
    current: readOnly({ minimum: 9 }),
    expected: undefined,
  }),
  ...schemaPairs("request-{property,parameter}-pattern-{added,changed}", {
    old: string({ pattern: "^[ab]" }),
    current: string({ pattern: "^a" }),
    rule: "pattern-changed",
    request: "breaking",
  }),
  ...schemaPairs("request-{property,parameter}-pattern-removed", {
    old: string({ pattern: "^a" }),
    current: string({}),
    rule: "constraint-loosened",
    request: "additive",
  }),
  ...schemaPairs("request-{property,parameter}-pattern-generalized", {
    old: string({ pattern: "^a" }),
    current: string({ pattern: ".*" }),
    rule: "constraint-loosened",
    request: "additive",
  }),
  ...schemaPairs("response-property-pattern-{added,changed}", {
    old: string({ pattern: "^[ab]" }),
    current: string({ pattern: "^a" }),
    rule: "pattern-changed",
    response: "invisible",
  }),
  ...schemaPairs("response-property-pattern-removed", {
    old: string({ pattern: "^a" }),
    current: string({}),
    rule: "constraint-loosened",
    response: "additive",
  }),
];
