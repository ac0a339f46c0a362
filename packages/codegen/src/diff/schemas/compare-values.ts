import { arrayIn, fieldOf, type JsonObject, stringIn } from "../../generate/document/json.js";
import type { FindingDetails } from "../changes/recorder.js";
import type { Versions } from "../changes/versions.js";
import type { schemaRules } from "../rules/schema-rules.js";

/** Records a difference by the name of its rule. */
export type RecordValue = (ruleName: keyof typeof schemaRules, details?: FindingDetails) => void;

/** Compares which values two normalized schemas allow: types, enums, bounds, formats, defaults. */
export function compareValues(schemas: Versions<JsonObject>, record: RecordValue): void {
  compareTypes(schemas, record);
  compareEnums(schemas, record);
  compareBounds(schemas, record);
  comparePatterns(schemas, record);
  compareDefaults(schemas, record);
  compareFormats(schemas, record);
}

/** Compares what a missing value means. */
export function compareDefaults(schemas: Versions<JsonObject>, record: RecordValue): void {
  const defaults = { old: show(fieldOf(schemas.old, "default")), new: show(fieldOf(schemas.new, "default")) };
  if (defaults.old !== defaults.new) record("default-changed", { detail: `${defaults.old}, now ${defaults.new}` });
}

// Each value of the first format is one of the second.
const WIDER_FORMATS = new Set(["int32 int64", "float double"]);

function compareFormats(schemas: Versions<JsonObject>, record: RecordValue): void {
  const [before, after] = [stringIn(schemas.old, "format"), stringIn(schemas.new, "format")];
  if (before === after) return;
  const detail = `${before ?? "none"}, now ${after ?? "none"}`;
  if ((before === "binary") !== (after === "binary")) return void record("binary-changed", { detail });
  if (before === undefined) return void record("format-added", { detail });
  if (after === undefined) return void record("format-removed", { detail });
  if (WIDER_FORMATS.has(`${before} ${after}`)) return void record("format-widened", { detail });
  if (WIDER_FORMATS.has(`${after} ${before}`)) return void record("format-narrowed", { detail });
  record("format-changed", { detail });
}

function compareTypes(schemas: Versions<JsonObject>, record: RecordValue): void {
  const types = { old: typesOf(schemas.old), new: typesOf(schemas.new) };
  // Whether a schema without a type allows null is not told, unless it is by its alternatives.
  const isTold = (schema: JsonObject, own: readonly string[]) => own.length > 0 || hasAlternatives(schema);
  const areTold = isTold(schemas.old, types.old) && isTold(schemas.new, types.new);
  if (areTold && schemas.old.nullable !== schemas.new.nullable)
    record(schemas.new.nullable === true ? "became-nullable" : "became-not-nullable");
  const [before, after] = [types.old, types.new];
  if (before.length === 0 && after.length === 0) return;
  // The types of alternatives are compared with them.
  if ([schemas.old, schemas.new].every(hasAlternatives) && (before.length === 0 || after.length === 0)) return;
  const details = { detail: `${before.join(" | ") || "anything"}, now ${after.join(" | ") || "anything"}` };
  // A schema without a type allows every type.
  if (before.length === 0) return void record("type-narrowed", details);
  if (after.length === 0) return void record("type-widened", details);
  const removed = before.filter((type) => !after.includes(type));
  const added = after.filter((type) => !before.includes(type));
  if (removed.length === 0 && added.length === 0) return;
  if (removed.join() === "number" && added.join() === "integer") return void record("number-became-integer");
  if (removed.join() === "integer" && added.join() === "number") return void record("integer-became-number");
  // Each integer is a number (JSON Schema 2020-12 validation, section 6.1.1).
  const isCovered = (type: string, by: readonly string[]) => type === "integer" && by.includes("number");
  if (removed.every((type) => isCovered(type, after))) return void record("type-widened", details);
  record(added.every((type) => isCovered(type, before)) ? "type-narrowed" : "type-changed", details);
}

/** The types without null; those that other keywords show where there is no `type`. */
function typesOf(schema: JsonObject): readonly string[] {
  const types = arrayIn(schema, "type").filter((one) => typeof one === "string");
  if (types.length > 0) return types;
  if (fieldOf(schema, "properties") !== undefined) return ["object"];
  if (fieldOf(schema, "items") !== undefined || fieldOf(schema, "prefixItems") !== undefined) return ["array"];
  const values = arrayIn(schema, "enum");
  const [type] = new Set(values.map((value) => typeof value));
  return type === "string" && values.every((value) => typeof value === type) ? ["string"] : [];
}

function hasAlternatives(schema: JsonObject): boolean {
  return arrayIn(schema, "anyOf").length > 0 || arrayIn(schema, "oneOf").length > 0;
}

function compareEnums(schemas: Versions<JsonObject>, record: RecordValue): void {
  const [before, after] = [enumValues(schemas.old), enumValues(schemas.new)];
  if (before === undefined && after === undefined) return;
  if (before === undefined) return void record("enum-introduced", { detail: after?.map(show).join(", ") });
  if (after === undefined) return void record("enum-lifted");
  const [only, now] = [before[0], after[0]];
  if (before.length === 1 && after.length === 1 && show(only) !== show(now)) {
    const affectedCalls = { kind: "passing-value", value: only } as const;
    return void record("value-changed", { detail: `${show(only)}, now ${show(now)}`, affectedCalls });
  }
  const includes = (values: readonly unknown[], value: unknown) => values.some((one) => show(one) === show(value));
  for (const value of before.filter((one) => !includes(after, one)))
    record("enum-value-removed", { detail: show(value), affectedCalls: { kind: "passing-value", value } });
  for (const value of after.filter((one) => !includes(before, one)))
    record("enum-value-added", { detail: show(value) });
}

function enumValues(schema: JsonObject): readonly unknown[] | undefined {
  const values = fieldOf(schema, "enum");
  return Array.isArray(values) ? values : undefined;
}

const LOWER_BOUNDS = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"];
const UPPER_BOUNDS = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains"];

function compareBounds(schemas: Versions<JsonObject>, record: RecordValue): void {
  for (const name of [...LOWER_BOUNDS, ...UPPER_BOUNDS]) {
    const [before, after] = [numberIn(schemas.old, name), numberIn(schemas.new, name)];
    if (before === after) continue;
    const isTighter =
      before === undefined || (after !== undefined && (UPPER_BOUNDS.includes(name) ? after < before : after > before));
    const detail = `${name} ${before ?? "none"}, now ${after ?? "none"}`;
    record(isTighter ? "constraint-tightened" : "constraint-loosened", { detail });
  }
  const unique = {
    old: fieldOf(schemas.old, "uniqueItems") === true,
    new: fieldOf(schemas.new, "uniqueItems") === true,
  };
  if (unique.old !== unique.new)
    record(unique.new ? "constraint-tightened" : "constraint-loosened", { detail: "uniqueItems" });
  const [before, after] = [numberIn(schemas.old, "multipleOf"), numberIn(schemas.new, "multipleOf")];
  if (before === after) return;
  const isLoosened = after === undefined || (before !== undefined && Number.isInteger(before / after));
  const detail = `multipleOf ${before ?? "none"}, now ${after ?? "none"}`;
  record(isLoosened ? "constraint-loosened" : "constraint-tightened", { detail });
}

function comparePatterns(schemas: Versions<JsonObject>, record: RecordValue): void {
  const [before, after] = [patternOf(schemas.old), patternOf(schemas.new)];
  if (before === after) return;
  const detail = `${before ?? "none"}, now ${after ?? "none"}`;
  record(after === undefined ? "constraint-loosened" : "pattern-changed", { detail });
}

/** The pattern of a schema, if it forbids any text. */
function patternOf(schema: JsonObject): string | undefined {
  const pattern = stringIn(schema, "pattern");
  return pattern !== undefined && /^\^?\.\*\$?$/.test(pattern) ? undefined : pattern;
}

function numberIn(schema: JsonObject, name: string): number | undefined {
  const value = fieldOf(schema, name);
  return typeof value === "number" ? value : undefined;
}

function show(value: unknown): string {
  return value === undefined ? "none" : (JSON.stringify(value) ?? "none");
}
