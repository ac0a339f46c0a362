import { isJsonObject, objectIn, stringIn } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import { requirementsOf } from "../generate/facts/credentials.js";
import type { DraftInput } from "./draft.js";

/** One part of a credential, as a profile has it. */
export interface DraftPart {
  readonly name: string;
  readonly env: string;
  readonly in: "header" | "query" | "body";
  readonly as: string;
  readonly optional?: true;
}

/** A credential of several parts, and the schemes of the document that they are. */
export interface DraftedParts {
  readonly parts: readonly DraftPart[];
  readonly schemes: ReadonlySet<string>;
}

interface Key {
  readonly scheme: string;
  readonly in: "header" | "query";
  readonly as: string;
}

/**
 * The keys that most operations require together, as parts of one credential; undefined where none are. A key without which some
 * operations accept the others is optional. A key that names a version opens nothing, and is left out.
 */
export function readParts(input: DraftInput): DraftedParts | undefined {
  const keys = readKeys(input);
  const sets = input.operations.map((operation) =>
    (requirementsOf(operation) ?? []).map((one) => {
      const names = Object.keys(one);
      return names.every((name) => keys.has(name) || isVersion(input, name))
        ? names.filter((name) => keys.has(name))
        : [];
    }),
  );
  const together = sets.filter((alternatives) => alternatives.some((names) => names.length > 1));
  // A key that most operations take alone is a credential of its own.
  if (together.length * 2 <= input.operations.length) return undefined;
  const largest = together.flat().reduce((best, names) => (names.length > best.length ? names : best), []);
  const isOptional = (name: string) =>
    sets.some((alternatives) => alternatives.some((names) => names.length > 0 && !names.includes(name)));
  const chosen = largest.flatMap((name) => keys.get(name) ?? []);
  const names = partNames(chosen.map(({ as }) => as));
  const prefix = input.id.replaceAll("-", "_").toUpperCase();
  return {
    schemes: new Set(largest),
    parts: chosen.map(({ scheme, in: place, as }, index) => {
      const name = names[index] ?? as;
      const env = `${prefix}_${name.replace(/[A-Z]/g, "_$&").toUpperCase()}`;
      return { name, env, in: place, as, ...(isOptional(scheme) && { optional: true }) };
    }),
  };
}

/** The keys in headers and queries among the security schemes, by their names. */
function readKeys(input: DraftInput): ReadonlyMap<string, Key> {
  const schemes = objectIn(input.document.json.components, "securitySchemes");
  const keys = Object.entries(schemes).flatMap(([scheme, source]): [string, Key][] => {
    const json = followReference(input.document, source);
    const [as = "", place] = [stringIn(json, "name"), stringIn(json, "in")];
    const isKey = isJsonObject(json) && stringIn(json, "type") === "apiKey" && /^[\w.-]+$/.test(as);
    if (!isKey || (place !== "header" && place !== "query") || isVersion(input, scheme)) return [];
    return [[scheme, { scheme, in: place, as: place === "header" ? as.toLowerCase() : as }]];
  });
  return new Map(keys);
}

/** Whether a scheme is the version of the API, as `Plaid-Version`. */
function isVersion({ document }: DraftInput, scheme: string): boolean {
  const json = followReference(document, objectIn(document.json.components, "securitySchemes")[scheme]);
  return /\bversion$/i.test(stringIn(json, "name")?.replaceAll("_", "-") ?? "");
}

/** `clientId` and `secret` for `plaid-client-id` and `plaid-secret`: without the words that all begin with. */
function partNames(texts: readonly string[]): readonly string[] {
  const words = texts.map((text) => text.split(/[^a-zA-Z0-9]+|(?<=[a-z])(?=[A-Z])/).filter(Boolean));
  const [first = []] = words;
  let shared = 0;
  while (words.every((one) => one.length > shared + 1 && one[shared]?.toLowerCase() === first[shared]?.toLowerCase())) {
    shared += 1;
  }
  return words.map((one) => camelCase(one.slice(shared)));
}

/** `clientId` of the words client and ID. */
export function camelCase(words: readonly string[]): string {
  const [head = "", ...rest] = words.map((word) => word.toLowerCase());
  return head + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
