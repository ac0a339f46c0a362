import { isObject } from "../json/json-object.js";
import { describeFormat } from "./checked-schema.js";

interface ValidationError {
  readonly keyword: string;
  readonly instanceLocation: string;
  readonly keywordLocation: string;
  readonly error: string;
}

// The errors of these keywords only say that a nested schema has errors.
const applicators = new Set([
  ...["$ref", "properties", "patternProperties", "additionalProperties", "propertyNames", "dependentSchemas"],
  ...["items", "prefixItems", "contains", "allOf", "anyOf", "oneOf", "if"],
]);
const maxMessages = 3;
const maxValueLength = 120;

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
  return tokens.reduce<unknown>((container, token) => {
    if (Array.isArray(container)) return container[Number(token)];
    return isObject(container) && Object.hasOwn(container, token) ? container[token] : undefined;
  }, value);
}

function formatValue(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > maxValueLength ? `${text.slice(0, maxValueLength)}...` : text;
}

/** What a type, enumeration or constant would accept; empty for other errors. */
function expectationOf(error: ValidationError): string {
  const types = /Expected "(.*)"\.$/.exec(error.error)?.[1]?.replaceAll('", "', " or ");
  if (error.keyword === "type" && types !== undefined) return types;
  const allowed = /^Instance does not match (?:any of )?(.*)\.$/s.exec(error.error)?.[1];
  if (error.keyword === "enum" && allowed !== undefined) return `one of ${allowed.slice(0, maxValueLength)}`;
  if (error.keyword === "const" && allowed !== undefined) return allowed;
  return "";
}

/** The message for all errors about one value. */
function messageFor(errors: readonly ValidationError[], value: unknown, root: string): string {
  const error = errors[0] as ValidationError;
  const tokens = tokensOf(error.instanceLocation);
  const missing = /required property "(.*)"/s.exec(error.error)?.[1];
  if (error.keyword === "required" && missing !== undefined) return `${nameOf([...tokens, missing], root)} is missing`;
  const name = nameOf(tokens, root) || "the value";
  if (error.keyword === "false") return `${name} is unknown`;
  const expectations = [...new Set(errors.map(expectationOf).filter((text) => text !== ""))];
  if (expectations.length > 0)
    return `${name} must be ${expectations.join(" or ")}, got ${formatValue(valueAt(value, tokens))}`;
  const text = describeFormat(error.error.replace(/\.$/, ""));
  return `${name}: ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** Adds the schema location to errors of `false` schemas, which only the error before has. */
function withLocations(errors: readonly ValidationError[]): ValidationError[] {
  return errors.map((error, index) => {
    const before = errors[index - 1];
    return error.keyword === "false" && before !== undefined
      ? { ...error, keywordLocation: before.keywordLocation }
      : error;
  });
}

const alternativeOf = (error: ValidationError) => /^.*\/(?:anyOf|oneOf)\/\d+/.exec(error.keywordLocation)?.[0];

/** The alternatives of another type than the value, where another alternative has its type. */
function mismatchedAlternatives(
  errors: readonly ValidationError[],
  leaves: readonly ValidationError[],
): ReadonlySet<string> {
  const mismatched = new Set<string>();
  for (const composition of errors.filter(({ keyword }) => keyword === "anyOf" || keyword === "oneOf")) {
    const inside = leaves.filter((leaf) => alternativeOf(leaf)?.replace(/\/\d+$/, "") === composition.keywordLocation);
    const isMismatch = ({ keyword, instanceLocation }: ValidationError) =>
      instanceLocation === composition.instanceLocation && ["type", "enum", "const"].includes(keyword);
    const all = new Set(inside.map((leaf) => alternativeOf(leaf) ?? ""));
    const other = new Set(inside.filter(isMismatch).map((leaf) => alternativeOf(leaf) ?? ""));
    if (other.size < all.size) for (const alternative of other) mismatched.add(alternative);
  }
  return mismatched;
}

/** Turns the errors of a validator into a few messages; among alternatives that failed, the deepest errors count. */
export function explainErrors(validationErrors: readonly ValidationError[], value: unknown, root: string): string[] {
  const errors = withLocations(validationErrors);
  const all = errors.filter((error) => !applicators.has(error.keyword));
  const mismatched = mismatchedAlternatives(errors, all);
  const leaves = all.filter((error) => !mismatched.has(alternativeOf(error) ?? ""));
  const depth = (error: ValidationError) => error.instanceLocation.split("/").length;
  const deepest = Math.max(0, ...leaves.filter(alternativeOf).map(depth));
  const relevant = leaves.filter((error) => alternativeOf(error) === undefined || depth(error) === deepest);
  const groups = new Map<string, ValidationError[]>();
  for (const error of relevant.length > 0 ? relevant : errors.slice(-1)) {
    const isSeparate = error.keyword === "required" || error.keyword === "false";
    const key = isSeparate ? `${error.instanceLocation} ${error.error}` : error.instanceLocation;
    groups.set(key, [...(groups.get(key) ?? []), error]);
  }
  const messages = [...groups.values()].map((group) => messageFor(group, value, root));
  if (messages.length <= maxMessages) return messages;
  return [...messages.slice(0, maxMessages), `and ${messages.length - maxMessages} more`];
}
