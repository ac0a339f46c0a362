import { arrayIn, fieldOf, type JsonObject, stringIn } from "../generate/document/json.js";
import type { Sign } from "./change.js";
import type { schemaRules } from "./rules/schema-rules.js";

/** Takes what was found, by its rule. */
export type NoteValue = (rule: keyof typeof schemaRules, detail?: string, sign?: Sign) => void;

/** Compares which values two schemas allow: types, enumerations, bounds, defaults. */
export function compareValues(old: JsonObject, now: JsonObject, note: NoteValue): void {
  compareTypes(old, now, note);
  compareEnums(old, now, note);
  compareBounds(old, now, note);
  if (JSON.stringify(fieldOf(old, "default")) !== JSON.stringify(fieldOf(now, "default")))
    note("default-changed", `${shown(fieldOf(old, "default"))}, now ${shown(fieldOf(now, "default"))}`);
  const [was, is] = [stringIn(old, "format") ?? "", stringIn(now, "format") ?? ""];
  if (was !== is) {
    const isFile = (format: string) => format === "binary";
    note(isFile(was) === isFile(is) ? "format-changed" : "binary-changed", `${was || "none"}, now ${is || "none"}`);
  }
}

function compareTypes(old: JsonObject, now: JsonObject, note: NoteValue): void {
  const [before, after] = [typesOf(old), typesOf(now)];
  if (before.has("null") !== after.has("null") && before.size > 0 && after.size > 0)
    note(after.has("null") ? "became-nullable" : "became-not-nullable");
  const [was, is] = [without(before, "null"), without(after, "null")];
  if (was.length === 0 && is.length === 0) return;
  const detail = `${was.join(" | ") || "anything"}, now ${is.join(" | ") || "anything"}`;
  // No type at all allows every type.
  if (was.length === 0) return void note("type-narrowed", detail);
  if (is.length === 0) return void note("type-widened", detail);
  const lost = was.filter((type) => !is.includes(type));
  const found = is.filter((type) => !was.includes(type));
  if (lost.length === 0 && found.length === 0) return;
  if (lost.join() === "number" && found.join() === "integer") return void note("number-became-integer");
  if (lost.join() === "integer" && found.join() === "number") return void note("integer-became-number");
  if (lost.length === 0) return void note("type-widened", detail);
  if (found.length === 0) return void note("type-narrowed", detail);
  note("type-changed", detail);
}

function typesOf(schema: JsonObject): ReadonlySet<string> {
  const type = fieldOf(schema, "type");
  const types = new Set((Array.isArray(type) ? type : [type]).filter((one) => typeof one === "string"));
  // OpenAPI 3.0 has `nullable` (4.7.24.1), 3.1 the type "null", also as an alternative.
  const alternatives = [...arrayIn(schema, "anyOf"), ...arrayIn(schema, "oneOf")];
  if (fieldOf(schema, "nullable") === true || alternatives.some((one) => stringIn(one, "type") === "null"))
    types.add("null");
  if (types.size === 0 && fieldOf(schema, "properties") !== undefined) types.add("object");
  if (types.size === 0 && fieldOf(schema, "items") !== undefined) types.add("array");
  return types;
}

function compareEnums(old: JsonObject, now: JsonObject, note: NoteValue): void {
  const [before, after] = [valuesOf(old), valuesOf(now)];
  if (before === undefined && after === undefined) return;
  if (before === undefined) return void note("enum-introduced", after?.map(shown).join(", "));
  if (after === undefined) return void note("enum-lifted");
  const has = (values: readonly unknown[], value: unknown) => values.some((one) => shown(one) === shown(value));
  for (const value of before.filter((one) => !has(after, one)))
    note("enum-value-removed", shown(value), { kind: "value", value });
  for (const value of after.filter((one) => !has(before, one))) note("enum-value-added", shown(value));
}

/** The values of an enumeration without null, which is a matter of types. */
function valuesOf(schema: JsonObject): readonly unknown[] | undefined {
  const constant = fieldOf(schema, "const");
  const values = constant === undefined ? fieldOf(schema, "enum") : [constant];
  return Array.isArray(values) ? values.filter((value) => value !== null) : undefined;
}

/** Bounds that are tighter the greater they are, and those that are tighter the smaller. */
const LOWER = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];
const UPPER = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];

function compareBounds(old: JsonObject, now: JsonObject, note: NoteValue): void {
  for (const [names, isUpper] of [
    [LOWER, false],
    [UPPER, true],
  ] as const) {
    for (const name of names) {
      const [was, is] = [numberIn(old, name), numberIn(now, name)];
      if (was === is) continue;
      const isTighter = was === undefined || (is !== undefined && (isUpper ? is < was : is > was));
      note(isTighter ? "constraint-tightened" : "constraint-loosened", `${name} ${was ?? "none"}, now ${is ?? "none"}`);
    }
  }
  const [was, is] = [stringIn(old, "pattern"), stringIn(now, "pattern")];
  if (was === is) return;
  note(is === undefined ? "constraint-loosened" : "pattern-changed", `${was ?? "none"}, now ${is ?? "none"}`);
}

function numberIn(schema: JsonObject, name: string): number | undefined {
  const value = fieldOf(schema, name);
  return typeof value === "number" ? value : undefined;
}

function without(types: ReadonlySet<string>, type: string): string[] {
  return [...types].filter((one) => one !== type).sort();
}

function shown(value: unknown): string {
  return value === undefined ? "none" : (JSON.stringify(value) ?? "none");
}
