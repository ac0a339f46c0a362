import type { PetsDocument } from "../diff-pair.js";

/** What `diff` says about a pair: a rule and its level, or nothing. */
export type Expected = readonly [rule: string, level: "breaking" | "additive" | "invisible"] | undefined;

/** Two versions of a document that one of oasdiff's checks is about, and what `diff` says. */
export interface CheckPair {
  readonly check: string;
  readonly old: PetsDocument;
  readonly current: PetsDocument;
  readonly expected: Expected;
  /** Why it differs from oasdiff; undefined where it does not. */
  readonly reason: string | undefined;
}

/** Two documents and what `diff` says, for several checks. */
export interface DocumentPair extends Pick<CheckPair, "old" | "current" | "expected"> {
  readonly reason?: string;
}

/** Two versions of a schema and what `diff` says, for checks of requests, of responses, or both. */
export interface SchemaPair {
  readonly old: unknown;
  readonly current: unknown;
  readonly rule: string;
  readonly request?: "breaking" | "additive" | "invisible";
  readonly response?: "breaking" | "additive" | "invisible";
  readonly reason?: string;
}

/** The names that a pattern such as `request-{body,property}-removed` stands for. */
export function expand(pattern: string): string[] {
  const [, before = "", names = "", after = ""] = /^(.*?)\{(.*?)\}(.*)$/.exec(pattern) ?? [];
  return names === "" ? [pattern] : names.split(",").flatMap((name) => expand(before + name + after));
}

/** Pairs for checks of whole documents. */
export function documentPairs(patterns: string, { old, current, expected, reason }: DocumentPair): CheckPair[] {
  return patterns
    .split(" ")
    .flatMap(expand)
    .map((check) => ({ check, old, current, expected, reason }));
}

/** Pairs for checks of schemas, each at the place that the name of the check says. */
export function schemaPairs(patterns: string, pair: SchemaPair): CheckPair[] {
  return patterns
    .split(" ")
    .flatMap(expand)
    .map((check) => {
      const level = check.startsWith("request") ? pair.request : pair.response;
      if (level === undefined) throw new Error(`${check} has no level`);
      const expected = [pair.rule, level] as const;
      return { check, old: at(check, pair.old), current: at(check, pair.current), expected, reason: pair.reason };
    });
}

function at(check: string, schema: unknown): PetsDocument {
  const property = { type: "object", properties: { a: schema } };
  if (check.startsWith("request-parameter-property")) return parameter("query", property);
  if (check.startsWith("request-parameter")) return parameter("query", schema);
  if (check.startsWith("request-header-property")) return parameter("header", property);
  if (check.startsWith("request-body")) return { body: schema };
  if (check.startsWith("request")) return { body: property };
  if (check.startsWith("response-header")) return header(schema);
  if (check.startsWith("response-body") || check.startsWith("response-mediatype")) return { response: schema };
  return { response: property };
}

/** A document with one parameter. */
export function parameter(place: string, schema: unknown, more: object = {}): PetsDocument {
  return { parameters: [{ name: "filter", in: place, schema, ...more }] };
}

/** A document whose response has one header. */
export function header(schema: unknown, more: object = {}): PetsDocument {
  return { operation: { responses: { 200: { description: "", headers: { "x-count": { schema, ...more } } } } } };
}
