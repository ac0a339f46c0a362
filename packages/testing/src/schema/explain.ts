import { isObject } from "../document/json.js";

interface ValidationError {
  readonly keyword: string;
  readonly instanceLocation: string;
  readonly keywordLocation: string;
  readonly error: string;
}

// These only say that something inside of them is wrong.
const wrappers = new Set([
  ...["$ref", "properties", "patternProperties", "additionalProperties", "propertyNames", "dependentSchemas"],
  ...["items", "prefixItems", "contains", "allOf", "anyOf", "oneOf", "if"],
]);
const maxProblems = 3;
const maxText = 120;

function tokensOf(location: string): string[] {
  return location
    .split("/")
    .slice(1)
    .map((token) => decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~"));
}

function nameOf(tokens: readonly string[], root: string): string {
  return tokens.reduce((name, token) => {
    if (/^\d+$/.test(token)) return `${name}[${token}]`;
    return name === "" ? token : `${name}.${token}`;
  }, root);
}

function valueAt(value: unknown, tokens: readonly string[]): unknown {
  return tokens.reduce<unknown>((at, token) => {
    if (Array.isArray(at)) return at[Number(token)];
    return isObject(at) && Object.hasOwn(at, token) ? at[token] : undefined;
  }, value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > maxText ? `${text.slice(0, maxText)}...` : text;
}

function wish(error: ValidationError): string {
  const expected = /Expected "(.*)"\.$/.exec(error.error)?.[1]?.replaceAll('", "', " or ");
  if (error.keyword === "type" && expected !== undefined) return expected;
  const allowed = /^Instance does not match (?:any of )?(.*)\.$/s.exec(error.error)?.[1];
  if (error.keyword === "enum" && allowed !== undefined) return `one of ${allowed.slice(0, maxText)}`;
  if (error.keyword === "const" && allowed !== undefined) return allowed;
  return "";
}

function sentence(errors: readonly ValidationError[], value: unknown, root: string): string {
  const error = errors[0] as ValidationError;
  const tokens = tokensOf(error.instanceLocation);
  const missing = /required property "(.*)"/s.exec(error.error)?.[1];
  if (error.keyword === "required" && missing !== undefined) return `${nameOf([...tokens, missing], root)} is missing`;
  const name = nameOf(tokens, root) || "the value";
  if (error.keyword === "false") return `${name} is not known`;
  const wishes = [...new Set(errors.map(wish).filter((text) => text !== ""))];
  if (wishes.length > 0) return `${name} must be ${wishes.join(" or ")}, not ${shown(valueAt(value, tokens))}`;
  const text = error.error.replace(/\.$/, "");
  return `${name}: ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** Where an error stands in the schema; a `false` schema does not say, but the error before it does. */
function placed(errors: readonly ValidationError[]): ValidationError[] {
  return errors.map((error, index) => {
    const before = errors[index - 1];
    return error.keyword === "false" && before !== undefined
      ? { ...error, keywordLocation: before.keywordLocation }
      : error;
  });
}

const branchOf = (error: ValidationError) => /^.*\/(?:anyOf|oneOf)\/\d+/.exec(error.keywordLocation)?.[0];

/** Alternatives that are of another kind than the value, where one of the same kind stands beside them. */
function misfits(errors: readonly ValidationError[], leaves: readonly ValidationError[]): Set<string> {
  const unlike = new Set<string>();
  for (const composition of errors.filter(({ keyword }) => keyword === "anyOf" || keyword === "oneOf")) {
    const inside = leaves.filter((leaf) => branchOf(leaf)?.replace(/\/\d+$/, "") === composition.keywordLocation);
    const isUnlike = ({ keyword, instanceLocation }: ValidationError) =>
      instanceLocation === composition.instanceLocation && ["type", "enum", "const"].includes(keyword);
    const branches = new Set(inside.map((leaf) => branchOf(leaf) ?? ""));
    const other = new Set(inside.filter(isUnlike).map((leaf) => branchOf(leaf) ?? ""));
    if (other.size < branches.size) for (const branch of other) unlike.add(branch);
  }
  return unlike;
}

/** Turns the errors of a validator into a few sentences about the value: those that go deepest, where alternatives failed. */
export function explain(unplaced: readonly ValidationError[], value: unknown, root: string): string[] {
  const errors = placed(unplaced);
  const all = errors.filter((error) => !wrappers.has(error.keyword));
  const unlike = misfits(errors, all);
  const leaves = all.filter((error) => !unlike.has(branchOf(error) ?? ""));
  const depth = (error: ValidationError) => error.instanceLocation.split("/").length;
  const deepest = Math.max(0, ...leaves.filter(branchOf).map(depth));
  const telling = leaves.filter((error) => branchOf(error) === undefined || depth(error) === deepest);
  const byPlace = new Map<string, ValidationError[]>();
  for (const error of telling.length > 0 ? telling : errors.slice(-1)) {
    const own = error.keyword === "required" || error.keyword === "false";
    const place = own ? `${error.instanceLocation} ${error.error}` : error.instanceLocation;
    byPlace.set(place, [...(byPlace.get(place) ?? []), error]);
  }
  const sentences = [...byPlace.values()].map((group) => sentence(group, value, root));
  if (sentences.length <= maxProblems) return sentences;
  return [...sentences.slice(0, maxProblems), `and ${sentences.length - maxProblems} more`];
}
