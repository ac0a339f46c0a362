import { arrayIn, fieldOf, type JsonObject, objectIn } from "../../generate/document/json.js";
import { contractOf } from "../../generate/surface/contract.js";
import type { Versions } from "../changes/versions.js";
import type { NestedSite, SchemaVisit } from "./schema-site.js";

// Keywords that restrict a value by other schemas. Types do not show them.
const CONDITIONS = [
  "if",
  "then",
  "else",
  "not",
  "contains",
  "propertyNames",
  "unevaluatedItems",
  "unevaluatedProperties",
  "contentSchema",
];
const CONTENTS = ["contentMediaType", "contentEncoding"];

/** Compares the restrictions of JSON Schema that depend on other schemas or properties. */
export function compareConditions(visit: SchemaVisit, schemas: Versions<JsonObject>, site: NestedSite): void {
  const { old, new: current } = schemas;
  for (const name of CONDITIONS) {
    // `true` and a missing keyword restrict nothing.
    const value = (schema: JsonObject) => (fieldOf(schema, name) === true ? undefined : fieldOf(schema, name));
    recordCondition(visit, { old: value(old), new: value(current) }, { site, name });
  }
  const dependent = { old: objectIn(old, "dependentSchemas"), new: objectIn(current, "dependentSchemas") };
  for (const name of namesOf(dependent)) {
    const value = { old: fieldOf(dependent.old, name), new: fieldOf(dependent.new, name) };
    recordCondition(visit, value, { site, name: `dependentSchemas.${name}` });
  }
  for (const name of CONTENTS) {
    const [before, after] = [fieldOf(old, name), fieldOf(current, name)];
    if (before !== after)
      visit.record(site, "content-changed", { detail: `${name} ${before ?? "none"}, now ${after ?? "none"}` });
  }
  compareDependencies(visit, schemas, site);
}

function recordCondition(
  visit: SchemaVisit,
  { old, new: current }: Versions<unknown>,
  { site, name }: { readonly site: NestedSite; readonly name: string },
): void {
  const [before, after] = [contract(old), contract(current)];
  if (before === after) return;
  const rule =
    old === undefined ? "condition-added" : current === undefined ? "condition-removed" : "condition-changed";
  visit.record(site, rule, { detail: name });
}

/** `dependentRequired`: names that are required where another one is there. */
function compareDependencies(visit: SchemaVisit, schemas: Versions<JsonObject>, site: NestedSite): void {
  const name = "dependentRequired";
  const dependencies = { old: objectIn(schemas.old, name), new: objectIn(schemas.new, name) };
  for (const cause of namesOf(dependencies)) {
    const [before, after] = [arrayIn(dependencies.old, cause), arrayIn(dependencies.new, cause)];
    const added = after.filter((effect) => !before.includes(effect));
    const removed = before.filter((effect) => !after.includes(effect));
    if (added.length === 0 && removed.length === 0) continue;
    const rule =
      removed.length === 0 ? "dependency-added" : added.length === 0 ? "dependency-removed" : "dependency-changed";
    visit.record(site, rule, { detail: `${[...added, ...removed].join(", ")} with ${cause}` });
  }
}

function namesOf({ old, new: current }: Versions<JsonObject>): ReadonlySet<string> {
  return new Set([...Object.keys(old), ...Object.keys(current)]);
}

function contract(schema: unknown): string | undefined {
  return schema === undefined ? undefined : JSON.stringify(contractOf(schema));
}
