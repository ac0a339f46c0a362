import { arrayIn, fieldOf, type JsonObject, stringIn } from "../generate/document/json.js";
import type { FindingDetails } from "./recorder.js";
import type { schemaRules } from "./rules/schema-rules.js";
import type { Versions } from "./versions.js";

/** Records a difference by the name of its rule. */
export type RecordValue = (ruleName: keyof typeof schemaRules, details?: FindingDetails) => void;

/** Compares which values two schemas allow: types, enums, bounds, defaults. */
export function compareValues(schemas: Versions<JsonObject>, record: RecordValue): void {
  compareTypes(schemas, record);
  compareEnums(schemas, record);
  compareBounds(schemas, record);
  comparePatterns(schemas, record);
  const defaults = { old: show(fieldOf(schemas.old, "default")), new: show(fieldOf(schemas.new, "default")) };
  if (defaults.old !== defaults.new) record("default-changed", { detail: `${defaults.old}, now ${defaults.new}` });
  const [before, after] = [stringIn(schemas.old, "format") || "none", stringIn(schemas.new, "format") || "none"];
  if (before !== after) {
    const isBinaryChange = (before === "binary") !== (after === "binary");
    record(isBinaryChange ? "binary-changed" : "format-changed", { detail: `${before}, now ${after}` });
  }
}

function compareTypes(schemas: Versions<JsonObject>, record: RecordValue): void {
  const types = { old: typesOf(schemas.old), new: typesOf(schemas.new) };
  if (types.old.has("null") !== types.new.has("null") && types.old.size > 0 && types.new.size > 0)
    record(types.new.has("null") ? "became-nullable" : "became-not-nullable");
  const [before, after] = [withoutNull(types.old), withoutNull(types.new)];
  if (before.length === 0 && after.length === 0) return;
  const details = { detail: `${before.join(" | ") || "anything"}, now ${after.join(" | ") || "anything"}` };
  // A schema without a type allows every type.
  if (before.length === 0) return void record("type-narrowed", details);
  if (after.length === 0) return void record("type-widened", details);
  const removed = before.filter((type) => !after.includes(type));
  const added = after.filter((type) => !before.includes(type));
  if (removed.length === 0 && added.length === 0) return;
  if (removed.join() === "number" && added.join() === "integer") return void record("number-became-integer");
  if (removed.join() === "integer" && added.join() === "number") return void record("integer-became-number");
  if (removed.length === 0) return void record("type-widened", details);
  record(added.length === 0 ? "type-narrowed" : "type-changed", details);
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

function compareEnums(schemas: Versions<JsonObject>, record: RecordValue): void {
  const [before, after] = [enumValues(schemas.old), enumValues(schemas.new)];
  if (before === undefined && after === undefined) return;
  if (before === undefined) return void record("enum-introduced", { detail: after?.map(show).join(", ") });
  if (after === undefined) return void record("enum-lifted");
  const includes = (values: readonly unknown[], value: unknown) => values.some((one) => show(one) === show(value));
  for (const value of before.filter((one) => !includes(after, one)))
    record("enum-value-removed", { detail: show(value), affectedCalls: { kind: "passing-value", value } });
  for (const value of after.filter((one) => !includes(before, one)))
    record("enum-value-added", { detail: show(value) });
}

/** The values of an enum without null, which `compareTypes` compares. */
function enumValues(schema: JsonObject): readonly unknown[] | undefined {
  const constant = fieldOf(schema, "const");
  const values = constant === undefined ? fieldOf(schema, "enum") : [constant];
  return Array.isArray(values) ? values.filter((value) => value !== null) : undefined;
}

const LOWER_BOUNDS = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];
const UPPER_BOUNDS = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];

function compareBounds(schemas: Versions<JsonObject>, record: RecordValue): void {
  for (const name of [...LOWER_BOUNDS, ...UPPER_BOUNDS]) {
    const [before, after] = [numberIn(schemas.old, name), numberIn(schemas.new, name)];
    if (before === after) continue;
    const isTighter =
      before === undefined || (after !== undefined && (UPPER_BOUNDS.includes(name) ? after < before : after > before));
    const detail = `${name} ${before ?? "none"}, now ${after ?? "none"}`;
    record(isTighter ? "constraint-tightened" : "constraint-loosened", { detail });
  }
}

function comparePatterns(schemas: Versions<JsonObject>, record: RecordValue): void {
  const [before, after] = [stringIn(schemas.old, "pattern"), stringIn(schemas.new, "pattern")];
  if (before === after) return;
  const detail = `${before ?? "none"}, now ${after ?? "none"}`;
  record(after === undefined ? "constraint-loosened" : "pattern-changed", { detail });
}

function numberIn(schema: JsonObject, name: string): number | undefined {
  const value = fieldOf(schema, name);
  return typeof value === "number" ? value : undefined;
}

function withoutNull(types: ReadonlySet<string>): string[] {
  return [...types].filter((type) => type !== "null").sort();
}

function show(value: unknown): string {
  return value === undefined ? "none" : (JSON.stringify(value) ?? "none");
}
