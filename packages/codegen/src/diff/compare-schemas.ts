import { parsePointer } from "../document/json-pointer.js";
import type { LoadedDocument } from "../document/loaded-document.js";
import { arrayIn, fieldOf, isJsonObject, type JsonObject, objectIn } from "../generate/document/json.js";
import { followReference, referenceOf } from "../generate/document/reference.js";
import { contractOf } from "../generate/surface/contract.js";
import { compareValues } from "./compare-values.js";
import type { FindingDetails, Owner, Recorder } from "./recorder.js";
import { schemaRules } from "./rules/schema-rules.js";
import { flattenAllOf, membersOf } from "./schema-members.js";
import type { Versions } from "./versions.js";

/** Where in a request or response a schema is. */
export interface SchemaSite {
  readonly owner: Owner;
  readonly side: "request" | "response";
  /** `body`, `query parameter limit`, `body.items[]`; empty at the root of a shared schema. */
  readonly location: string;
  /** Whether the schema's properties are properties of the call's body itself, where a call site shows them. */
  readonly isTopLevel: boolean;
}

interface NestedSite extends SchemaSite {
  /** How many schemas it is inside of, counted from the owner. */
  readonly depth: number;
}

// No API nests inline schemas this deep. A document that does is compared down to here.
const MAX_DEPTH = 40;

/** Compares the schemas of two documents. Schemas that several operations share are compared once for each side. */
export class SchemaComparison {
  readonly #documents: Versions<LoadedDocument>;
  readonly #recorder: Recorder;
  readonly #shared = new Map<string, Owner>();
  /** Comparisons that are still to be run. A list instead of recursion, because documents have chains of thousands. */
  readonly #pending: (() => void)[] = [];
  #isRunning = false;

  constructor(documents: Versions<LoadedDocument>, recorder: Recorder) {
    this.#documents = documents;
    this.#recorder = recorder;
  }

  /** Compares the old with the new schema at a site, and records the differences. */
  compare(schemas: Versions<unknown>, site: SchemaSite): void {
    this.#pending.push(() => this.#compare(schemas, { ...site, depth: 0 }));
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) next();
    this.#isRunning = false;
  }

  #compare(schemas: Versions<unknown>, site: NestedSite): void {
    if (site.depth > MAX_DEPTH) return;
    const references = { old: referenceOf(schemas.old), new: referenceOf(schemas.new) };
    if (references.old !== undefined && references.new !== undefined)
      return void this.#compareShared({ old: references.old, new: references.new }, site);
    const followed = this.#follow(schemas);
    // A schema may be `true` or missing, which allows every value.
    const asObject = (schema: unknown) => (isJsonObject(schema) ? schema : {});
    this.#compareObjects({ old: asObject(followed.old), new: asObject(followed.new) }, site);
  }

  /** Two components: compared the first time that this pair is found, and recorded as used by each owner. */
  #compareShared(references: Versions<string>, site: NestedSite): void {
    const key = JSON.stringify([site.side, references.old, references.new]);
    const known = this.#shared.get(key);
    const owner = known ?? { title: `schema ${componentName(references.new)}`, isOperation: false };
    this.#recorder.recordUse(site.owner, owner);
    if (known !== undefined) return;
    this.#shared.set(key, owner);
    const schemas = this.#follow({ old: { $ref: references.old }, new: { $ref: references.new } });
    if (!isJsonObject(schemas.old) || !isJsonObject(schemas.new)) return;
    const objects = { old: schemas.old, new: schemas.new };
    this.#pending.push(() => this.#compareObjects(objects, { ...site, owner, location: "", depth: 0 }));
  }

  #compareObjects(schemas: Versions<JsonObject>, site: NestedSite): void {
    const [before, after] = [membersOf(schemas.old, "allOf"), membersOf(schemas.new, "allOf")];
    const isPaired = before.length === after.length && before.every(({ key }, index) => key === after[index]?.key);
    if (isPaired) {
      for (const [index, { schema }] of before.entries())
        this.#compare({ old: schema, new: after[index]?.schema }, deeper(site));
      this.#compareKeywords(schemas, site);
      return;
    }
    // The members differ, so the schemas are compared by what their members require together.
    const flat = {
      old: flattenAllOf(this.#documents.old, schemas.old),
      new: flattenAllOf(this.#documents.new, schemas.new),
    };
    this.#compareKeywords(flat, site);
  }

  /** Compares all keywords but `allOf`. */
  #compareKeywords(schemas: Versions<JsonObject>, site: NestedSite): void {
    const { old, new: current } = schemas;
    compareValues(schemas, (rule, details) => this.#record(site, rule, details));
    this.#compareProperties(schemas, site);
    this.#compareAdditionalProperties(schemas, site);
    const items = { old: fieldOf(old, "items"), new: fieldOf(current, "items") };
    if (items.old !== undefined && items.new !== undefined) this.#compare(items, inside(site, `${site.location}[]`));
    for (const keyword of ["oneOf", "anyOf"] as const) this.#compareAlternatives(schemas, keyword, site);
    if (fieldOf(old, "deprecated") !== true && fieldOf(current, "deprecated") === true)
      this.#record(site, "schema-deprecated");
    if (hasOtherText(schemas)) this.#record(site, "schema-text-changed");
  }

  #compareProperties(schemas: Versions<JsonObject>, site: NestedSite): void {
    const [before, after] = [objectIn(schemas.old, "properties"), objectIn(schemas.new, "properties")];
    const isRequired = (schema: JsonObject, name: string) => arrayIn(schema, "required").includes(name);
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const property = { old: fieldOf(before, name), new: fieldOf(after, name) };
      if (this.#isForOtherSide(property, site.side)) continue;
      const nested = inside(site, site.location === "" ? name : `${site.location}.${name}`);
      const location = site.isTopLevel ? ("body" as const) : ("nested" as const);
      const omitting = { affectedCalls: { kind: "omitting" as const, name, location } };
      if (property.new === undefined) {
        this.#record(nested, "property-removed", { affectedCalls: { kind: "passing", name, location } });
      } else if (property.old === undefined) {
        const isNeeded = isRequired(schemas.new, name);
        this.#record(nested, isNeeded ? "required-property-added" : "optional-property-added", omitting);
      } else {
        const required = { old: isRequired(schemas.old, name), new: isRequired(schemas.new, name) };
        if (!required.old && required.new) this.#record(nested, "property-became-required", omitting);
        if (required.old && !required.new) this.#record(nested, "property-became-optional");
        this.#compare(property, nested);
      }
    }
  }

  /**
   * Whether it is a `readOnly` property, which requests do not have, or a `writeOnly` one, which responses do not have.
   */
  #isForOtherSide(property: Versions<unknown>, side: SchemaSite["side"]): boolean {
    const { old, new: current } = this.#follow(property);
    return fieldOf(old ?? current, side === "request" ? "readOnly" : "writeOnly") === true;
  }

  #compareAdditionalProperties(schemas: Versions<JsonObject>, site: NestedSite): void {
    const name = "additionalProperties";
    const additional = { old: fieldOf(schemas.old, name), new: fieldOf(schemas.new, name) };
    if (isJsonObject(additional.old) && isJsonObject(additional.new))
      this.#compare(additional, inside(site, `${site.location}{}`));
    else if (isAllowed(additional.old) && !isAllowed(additional.new)) this.#record(site, "map-closed");
    else if (!isAllowed(additional.old) && isAllowed(additional.new)) this.#record(site, "map-opened");
  }

  /**
   * Alternatives are paired by name, or by content where they have none. If one on each side remains, the two are
   * compared with each other.
   */
  #compareAlternatives(schemas: Versions<JsonObject>, keyword: "oneOf" | "anyOf", site: NestedSite): void {
    const [before, after] = [membersOf(schemas.old, keyword), membersOf(schemas.new, keyword)];
    for (const { key, schema } of before) {
      const same = after.find((other) => other.key === key);
      if (same !== undefined) this.#compare({ old: schema, new: same.schema }, deeper(site));
    }
    const removed = before.filter(({ key }) => !after.some((other) => other.key === key));
    const added = after.filter(({ key }) => !before.some((other) => other.key === key));
    const isOneEach = removed.length === 1 && added.length === 1;
    if (isOneEach && !(removed[0]?.isNamed && added[0]?.isNamed)) {
      this.#compare({ old: removed[0]?.schema, new: added[0]?.schema }, deeper(site));
      return;
    }
    // Where only one side has alternatives, the comparison of types decides.
    if (before.length > 0) for (const { title } of added) this.#record(site, "alternative-added", { detail: title });
    if (after.length > 0) for (const { title } of removed) this.#record(site, "alternative-removed", { detail: title });
  }

  #follow(schemas: Versions<unknown>): Versions<unknown> {
    return {
      old: followReference(this.#documents.old, schemas.old),
      new: followReference(this.#documents.new, schemas.new),
    };
  }

  #record(site: SchemaSite, ruleName: keyof typeof schemaRules, details: FindingDetails = {}): void {
    const { owner, side, location } = site;
    // The arguments of a call do not show which parts of a response it reads.
    const affectedCalls = side === "request" ? details.affectedCalls : undefined;
    this.#recorder.record(owner, { side, ruleName, rule: schemaRules[ruleName], location, ...details, affectedCalls });
  }
}

/** The site of a schema that applies to the same value. */
function deeper(site: NestedSite): NestedSite {
  return { ...site, depth: site.depth + 1 };
}

/** The site of a schema that applies to a value inside. */
function inside(site: NestedSite, location: string): NestedSite {
  return { ...site, location, isTopLevel: false, depth: site.depth + 1 };
}

function isAllowed(additionalProperties: unknown): boolean {
  return additionalProperties === true || isJsonObject(additionalProperties);
}

function componentName(reference: string): string {
  const [root, section, name] = parsePointer(reference) ?? [];
  return root === "components" && section === "schemas" && name !== undefined ? name : reference;
}

/** Whether the title, description or example of the schema itself differs. */
function hasOtherText(schemas: Versions<JsonObject>): boolean {
  const text = (schema: JsonObject) =>
    JSON.stringify([fieldOf(schema, "title"), fieldOf(schema, "description"), fieldOf(schema, "example")]);
  return text(schemas.old) !== text(schemas.new);
}

/** The canonical text of a schema's contract: equal for schemas that require and allow the same. */
export function contractText(schema: unknown): string {
  return JSON.stringify(contractOf(schema)) ?? "";
}
