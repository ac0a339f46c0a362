import type { PetsDocument } from "../diff-pair.js";
import { type CheckPair, documentPairs, type Expected, schemaPairs } from "./check-pair.js";

const text = { type: "string" };
const object = (properties: object, required: string[] = []) => ({ type: "object", properties, required });
const wrapped = (side: string, schema: unknown): PetsDocument =>
  side === "request" ? { body: schema } : { response: schema };

interface Pair {
  readonly old: unknown;
  readonly current: unknown;
  readonly expected: Expected;
  readonly reason?: string;
}

/** A pair of bodies, on the side that the name of the check says. */
function bodies(patterns: string, { old, current, ...rest }: Pair): CheckPair[] {
  const side = patterns.includes("response") ? "response" : "request";
  return documentPairs(patterns, { old: wrapped(side, old), current: wrapped(side, current), ...rest });
}

const plain = (required: string[] = []) => object({ a: text }, required);
const marked = (mark: string, required: string[] = []) => object({ a: { ...text, [mark]: true } }, required);
const stability = "`x-stability-level` is an extension of oasdiff.";
const sunset = "`x-sunset` is a rule for publishers: the end that it announces breaks no call today.";
const noLonger =
  "The type of a request has no properties that only responses have: a call that passes it does not compile.";
const notRead =
  "The type of a response has no properties that only requests have: code that reads it does not compile.";

/** Properties: whether they are there, required, deprecated, and on which side. */
export const propertyPairs: readonly CheckPair[] = [
  ...bodies("request-property-removed", {
    old: plain(),
    current: object({}),
    expected: ["property-removed", "breaking"],
  }),
  ...bodies("new-required-request-property{,-with-default}", {
    old: object({}),
    current: plain(["a"]),
    expected: ["required-property-added", "breaking"],
  }),
  ...bodies("new-optional-request-property", {
    old: object({}),
    current: plain(),
    expected: ["optional-property-added", "additive"],
  }),
  ...bodies("request-property-became-required{,-with-default}", {
    old: plain(),
    current: plain(["a"]),
    expected: ["property-became-required", "breaking"],
  }),
  ...bodies("request-property-became-optional", {
    old: plain(["a"]),
    current: plain(),
    expected: ["property-became-optional", "additive"],
  }),
  ...bodies("response-{required,optional}-property-removed", {
    old: plain(),
    current: object({}),
    expected: ["property-removed", "breaking"],
  }),
  ...bodies("response-optional-property-added", {
    old: object({}),
    current: plain(),
    expected: ["optional-property-added", "additive"],
  }),
  ...bodies("response-required-property-added", {
    old: object({}),
    current: plain(["a"]),
    expected: ["required-property-added", "additive"],
  }),
  ...bodies("response-property-became-optional", {
    old: plain(["a"]),
    current: plain(),
    expected: ["property-became-optional", "breaking"],
  }),
  ...bodies("response-property-became-required", {
    old: plain(),
    current: plain(["a"]),
    expected: ["property-became-required", "additive"],
  }),
  ...bodies("response-{required,optional}-write-only-property-removed", {
    old: marked("writeOnly"),
    current: object({}),
    expected: undefined,
  }),
  ...bodies("response-{required,optional}-write-only-property-added", {
    old: object({}),
    current: marked("writeOnly"),
    expected: undefined,
  }),
  ...bodies("response-write-only-property-became-{optional,required}", {
    old: marked("writeOnly"),
    current: marked("writeOnly", ["a"]),
    expected: undefined,
  }),
  ...bodies("request-{optional,required}-property-became-{not-,}write-only", {
    old: plain(),
    current: marked("writeOnly"),
    expected: undefined,
  }),
  ...bodies("request-{optional,required}-property-became-read-only", {
    old: plain(),
    current: marked("readOnly"),
    expected: ["property-removed", "breaking"],
    reason: noLonger,
  }),
  ...bodies("request-optional-property-became-not-read-only", {
    old: marked("readOnly"),
    current: plain(),
    expected: ["optional-property-added", "additive"],
  }),
  ...bodies("request-required-property-became-not-read-only", {
    old: marked("readOnly", ["a"]),
    current: plain(["a"]),
    expected: ["required-property-added", "breaking"],
    reason: "A call need not have passed it before, and must now.",
  }),
  ...bodies("response-{optional,required}-property-became-{not-,}read-only", {
    old: plain(),
    current: marked("readOnly"),
    expected: undefined,
  }),
  ...bodies("response-{optional,required}-property-became-write-only", {
    old: plain(),
    current: marked("writeOnly"),
    expected: ["property-removed", "breaking"],
    reason: notRead,
  }),
  ...bodies("response-optional-property-became-not-write-only", {
    old: marked("writeOnly"),
    current: plain(),
    expected: ["optional-property-added", "additive"],
  }),
  ...bodies("response-required-property-became-not-write-only", {
    old: marked("writeOnly", ["a"]),
    current: plain(["a"]),
    expected: ["required-property-added", "additive"],
    reason: "Code that reads the response gets one property more.",
  }),
  ...schemaPairs("{request,response}-property-deprecated{,-with-sunset}", {
    old: text,
    current: { ...text, deprecated: true },
    rule: "schema-deprecated",
    request: "additive",
    response: "additive",
  }),
  ...schemaPairs(
    "{request,response}-property-deprecated-sunset-{missing,invalid} {request,response}-property-sunset-date-too-small",
    {
      old: text,
      current: { ...text, deprecated: true, "x-sunset": "soon" },
      rule: "schema-deprecated",
      request: "additive",
      response: "additive",
      reason: sunset,
    },
  ),
  ...schemaPairs("{request,response}-property-reactivated", {
    old: { ...text, deprecated: true },
    current: text,
    rule: "schema-no-longer-deprecated",
    request: "additive",
    response: "additive",
  }),
  ...documentPairs("{request,response}-property-stability-decreased", {
    old: { body: object({ a: { ...text, "x-stability-level": "stable" } }) },
    current: { body: object({ a: { ...text, "x-stability-level": "draft" } }) },
    expected: undefined,
    reason: stability,
  }),
  ...documentPairs("{request,response}-property-stability-increased", {
    old: { body: object({ a: { ...text, "x-stability-level": "draft" } }) },
    current: { body: object({ a: { ...text, "x-stability-level": "stable" } }) },
    expected: undefined,
  }),
];
