import { parsePointer } from "../../document/json-pointer.js";
import type { LoadedDocument } from "../../document/loaded-document.js";
import { fieldOf, isJsonObject, type JsonObject } from "../../generate/document/json.js";
import { followReference, referenceOf } from "../../generate/document/reference.js";
import { contractOf } from "../../generate/surface/contract.js";
import type { FindingDetails, Owner, Recorder } from "../changes/recorder.js";
import type { Versions } from "../changes/versions.js";
import { schemaRules } from "../rules/schema-rules.js";
import { compareAlternatives, isWrapping } from "./compare-alternatives.js";
import { compareArrays } from "./compare-arrays.js";
import { compareConditions } from "./compare-conditions.js";
import { compareMaps } from "./compare-maps.js";
import { compareProperties } from "./compare-properties.js";
import { compareDefaults, compareValues } from "./compare-values.js";
import { allowsNull, normalizeSchema, type UnwrappedSchema, unwrapSchema } from "./normal-schema.js";
import { flattenAllOf, membersOf } from "./schema-members.js";
import { deeper, type NestedSite, type SchemaSite, type SchemaVisit } from "./schema-site.js";

// No API nests inline schemas this deep. A document that does is compared down to here.
const MAX_DEPTH = 40;

/** Compares the schemas of two documents. Schemas that several operations share are compared once for each side. */
export class SchemaComparison implements SchemaVisit {
  readonly documents: Versions<LoadedDocument>;
  readonly #recorder: Recorder;
  readonly #shared = new Map<string, Owner>();
  readonly #successors = new Map<string, Set<string>>();
  /** Comparisons that are still to be run. A list instead of recursion, because documents have chains of thousands. */
  readonly #pending: (() => void)[] = [];
  #isRunning = false;

  constructor(documents: Versions<LoadedDocument>, recorder: Recorder) {
    this.documents = documents;
    this.#recorder = recorder;
  }

  /** Compares the old with the new schema at a site, and records the differences. */
  start(schemas: Versions<unknown>, site: SchemaSite): void {
    this.#pending.push(() => this.compare(schemas, { ...site, depth: 0 }));
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) next();
    this.#isRunning = false;
  }

  /** The names of the schemas that are where the old document has this one, and have another name. */
  successorsOf(name: string): string[] {
    return [...(this.#successors.get(name) ?? [])];
  }

  compare(schemas: Versions<unknown>, site: NestedSite): void {
    if (site.depth > MAX_DEPTH) return;
    const { old, new: current } = this.documents;
    const unwrapped = { old: unwrapSchema(old, schemas.old), new: unwrapSchema(current, schemas.new) };
    const references = { old: referenceOf(unwrapped.old.schema), new: referenceOf(unwrapped.new.schema) };
    if (references.old !== undefined && references.new !== undefined) {
      this.#compareWrappers(unwrapped, site);
      this.#compareShared({ old: references.old, new: references.new }, site);
      return;
    }
    const objects = { old: asObject(old, unwrapped.old), new: asObject(current, unwrapped.new) };
    this.#compareObjects(objects, { old: unwrapped.old.schema, new: unwrapped.new.schema }, site);
  }

  /** What is around two references: the schemas that they lead to are compared on their own. */
  #compareWrappers(unwrapped: Versions<UnwrappedSchema>, site: NestedSite): void {
    const { old, new: current } = unwrapped;
    const record = (rule: keyof typeof schemaRules, details?: FindingDetails) => this.record(site, rule, details);
    if (old.nullable !== current.nullable) {
      const before = old.nullable || allowsNull(this.documents.old, old.schema);
      const after = current.nullable || allowsNull(this.documents.new, current.schema);
      if (before !== after) record(after ? "became-nullable" : "became-not-nullable");
    }
    const annotations = { old: old.annotations, new: current.annotations };
    compareDefaults(annotations, record);
    compareDeprecation(annotations, record);
  }

  /** Two components: compared the first time that this pair is found, and recorded as used by each owner. */
  #compareShared(references: Versions<string>, site: NestedSite): void {
    const key = JSON.stringify([site.side, references.old, references.new]);
    const known = this.#shared.get(key);
    const owner = known ?? { title: `schema ${componentName(references.new)}`, isOperation: false };
    this.#recorder.recordUse(site.owner, owner);
    if (known !== undefined) return;
    this.#shared.set(key, owner);
    const [before, after] = [componentName(references.old), componentName(references.new)];
    if (before !== after) this.#successors.set(before, (this.#successors.get(before) ?? new Set()).add(after));
    const found = {
      old: followReference(this.documents.old, { $ref: references.old }),
      new: followReference(this.documents.new, { $ref: references.new }),
    };
    this.#pending.push(() => this.compare(found, { ...site, owner, location: "", depth: 0 }));
  }

  /** `origins` are the schemas as the document has them, which may be references. */
  #compareObjects(schemas: Versions<JsonObject>, origins: Versions<unknown>, site: NestedSite): void {
    const [before, after] = [membersOf(schemas.old, "allOf"), membersOf(schemas.new, "allOf")];
    const flat = {
      old: flattenAllOf(this.documents.old, schemas.old),
      new: flattenAllOf(this.documents.new, schemas.new),
    };
    const isPaired = before.length === after.length && before.every(({ key }, index) => key === after[index]?.key);
    if (!isPaired) {
      // The members differ, so the schemas are compared by what their members require together.
      this.#compareKeywords(flat, { flat, origins }, site);
      return;
    }
    for (const [index, { schema }] of before.entries())
      this.compare({ old: schema, new: after[index]?.schema }, deeper(site));
    this.#compareKeywords(schemas, { flat, origins }, site);
  }

  /** Compares all keywords but `allOf`. */
  #compareKeywords(
    schemas: Versions<JsonObject>,
    { flat, origins }: { readonly flat: Versions<JsonObject>; readonly origins: Versions<unknown> },
    site: NestedSite,
  ): void {
    const record = (rule: keyof typeof schemaRules, details?: FindingDetails) => this.record(site, rule, details);
    const normal = { old: normalizeSchema(schemas.old), new: normalizeSchema(schemas.new) };
    if (isWrapping(normal)) {
      compareAlternatives(this, { schemas: normal, origins }, site);
      return;
    }
    compareValues(normal, record);
    compareProperties(this, { schemas, flat }, site);
    compareMaps(this, schemas, site);
    compareArrays(this, normal, site);
    compareConditions(this, normal, site);
    compareAlternatives(this, { schemas: normal, origins }, site);
    compareDeprecation(schemas, record);
    if (hasOtherText(schemas)) record("schema-text-changed");
  }

  record(site: SchemaSite, ruleName: keyof typeof schemaRules, details: FindingDetails = {}): void {
    const { owner, side, location } = site;
    // The arguments of a call do not show which parts of a response it reads.
    const affectedCalls = side === "request" ? details.affectedCalls : undefined;
    this.#recorder.record(owner, { side, ruleName, rule: schemaRules[ruleName], location, ...details, affectedCalls });
  }
}

/** The object that a schema leads to. A schema may be missing or `true`, which allows every value, or `false`. */
function asObject(document: LoadedDocument, { schema, nullable, annotations }: UnwrappedSchema): JsonObject {
  const found = followReference(document, schema);
  const object = isJsonObject(found) ? found : found === false ? { not: {} } : {};
  const isNullable = nullable || (referenceOf(schema) !== undefined && allowsNull(document, schema));
  return { ...object, ...annotations, ...(isNullable && { nullable: true }) };
}

function compareDeprecation(schemas: Versions<JsonObject>, record: (rule: keyof typeof schemaRules) => void): void {
  const isDeprecated = (schema: JsonObject) => fieldOf(schema, "deprecated") === true;
  if (isDeprecated(schemas.old) === isDeprecated(schemas.new)) return;
  record(isDeprecated(schemas.new) ? "schema-deprecated" : "schema-no-longer-deprecated");
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
