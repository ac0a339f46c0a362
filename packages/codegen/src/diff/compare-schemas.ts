import { parsePointer } from "../document/json-pointer.js";
import type { LoadedDocument } from "../document/loaded-document.js";
import { arrayIn, fieldOf, isJsonObject, type JsonObject, objectIn } from "../generate/document/json.js";
import { followReference, referenceOf } from "../generate/document/reference.js";
import { contractOf } from "../generate/surface/contract.js";
import type { Sign } from "./change.js";
import { compareValues } from "./compare-values.js";
import type { Owner, Recorder } from "./recorder.js";
import { schemaRules } from "./rules/schema-rules.js";
import { flattenAllOf, membersOf } from "./schema-members.js";

/** Two versions of one document. */
export interface DocumentPair {
  readonly old: LoadedDocument;
  readonly new: LoadedDocument;
}

/** Where in a request or response a schema stands. */
export interface SchemaSite {
  readonly owner: Owner;
  readonly side: "request" | "response";
  /** `body`, `query parameter `limit``, `body.items[]`; empty at the top of a shared schema. */
  readonly place: string;
  /** Whether the members stand directly in the call's body, where a call site shows them. */
  readonly isTop: boolean;
}

// Inline schemas end somewhere in any sane document; in another, this ends the walk.
const MAX_DEPTH = 40;

/** Compares the schemas of two documents; what several operations share is compared once for each side. */
export class SchemaComparison {
  readonly #documents: DocumentPair;
  readonly #recorder: Recorder;
  readonly #shared = new Map<string, Owner>();
  /** Shared schemas that were met and not compared yet: a list and not recursion, because documents chain thousands. */
  readonly #pending: (() => void)[] = [];
  #isWorking = false;

  constructor(documents: DocumentPair, recorder: Recorder) {
    this.#documents = documents;
    this.#recorder = recorder;
  }

  /** Compares what stood at a site with what stands there now. */
  compare(old: unknown, now: unknown, site: SchemaSite): void {
    this.#pending.push(() => this.#compare(old, now, site, 0));
    if (this.#isWorking) return;
    this.#isWorking = true;
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) next();
    this.#isWorking = false;
  }

  #compare(old: unknown, now: unknown, site: SchemaSite, depth: number): void {
    if (depth > MAX_DEPTH) return;
    const [oldRef, newRef] = [referenceOf(old), referenceOf(now)];
    if (oldRef !== undefined && newRef !== undefined) return void this.#compareShared(oldRef, newRef, site);
    const [was, is] = [followReference(this.#documents.old, old), followReference(this.#documents.new, now)];
    // A schema may be `true` or nothing at all: then everything is allowed.
    this.#compareObjects(isJsonObject(was) ? was : {}, isJsonObject(is) ? is : {}, site, depth);
  }

  /** Components on both sides: compared when they first meet, and reached from wherever they do. */
  #compareShared(oldRef: string, newRef: string, site: SchemaSite): void {
    const key = JSON.stringify([site.side, oldRef, newRef]);
    const known = this.#shared.get(key);
    const owner = known ?? { title: `schema ${nameOf(newRef)}`, isOperation: false };
    this.#recorder.reach(site.owner, owner);
    if (known !== undefined) return;
    this.#shared.set(key, owner);
    const old = followReference(this.#documents.old, { $ref: oldRef });
    const now = followReference(this.#documents.new, { $ref: newRef });
    if (!isJsonObject(old) || !isJsonObject(now)) return;
    const own = { owner, side: site.side, place: "", isTop: site.isTop };
    this.#pending.push(() => this.#compareObjects(old, now, own, 0));
  }

  #compareObjects(old: JsonObject, now: JsonObject, site: SchemaSite, depth: number): void {
    const [members, others] = [membersOf(old, "allOf"), membersOf(now, "allOf")];
    const isPaired = members.length === others.length && members.every(({ key }, index) => key === others[index]?.key);
    if (isPaired) {
      for (const [index, { schema }] of members.entries())
        this.#compare(schema, others[index]?.schema, site, depth + 1);
      this.#compareOwn(old, now, site, depth);
      return;
    }
    // Otherwise composed: what matters is what they demand together.
    const flatOld = flattenAllOf(this.#documents.old, old);
    this.#compareOwn(flatOld, flattenAllOf(this.#documents.new, now), site, depth);
  }

  /** The keywords of a schema itself. */
  #compareOwn(old: JsonObject, now: JsonObject, site: SchemaSite, depth: number): void {
    compareValues(old, now, (rule, detail, sign) => this.#note(site, rule, detail, sign));
    this.#compareProperties(old, now, site, depth);
    this.#compareMaps(old, now, site, depth);
    if (fieldOf(old, "items") !== undefined && fieldOf(now, "items") !== undefined) {
      const items = { ...site, place: `${site.place}[]`, isTop: false };
      this.#compare(fieldOf(old, "items"), fieldOf(now, "items"), items, depth + 1);
    }
    for (const keyword of ["oneOf", "anyOf"] as const) this.#compareAlternatives(old, now, keyword, site, depth);
    if (fieldOf(old, "deprecated") !== true && fieldOf(now, "deprecated") === true)
      this.#note(site, "schema-deprecated");
    if (isTold(old, now)) this.#note(site, "schema-text-changed");
  }

  #compareProperties(old: JsonObject, now: JsonObject, site: SchemaSite, depth: number): void {
    const [before, after] = [objectIn(old, "properties"), objectIn(now, "properties")];
    const isRequired = (schema: JsonObject, name: string) => arrayIn(schema, "required").includes(name);
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const [was, is] = [fieldOf(before, name), fieldOf(after, name)];
      const inner = { ...site, place: memberOf(site.place, name), isTop: false };
      const place = site.isTop ? "body" : "nested";
      if (this.#isForTheOther(was ?? is, was === undefined ? "new" : "old", site.side)) continue;
      if (is === undefined) this.#note(inner, "property-removed", "", { kind: "gives", name, place });
      else if (was === undefined) {
        const rule = isRequired(now, name) ? "required-property-added" : "optional-property-added";
        this.#note(inner, rule, "", { kind: "omits", name, place });
      } else {
        const [had, has] = [isRequired(old, name), isRequired(now, name)];
        if (!had && has) this.#note(inner, "property-became-required", "", { kind: "omits", name, place });
        if (had && !has) this.#note(inner, "property-became-optional");
        this.#compare(was, is, inner, depth + 1);
      }
    }
  }

  /** `readOnly` members are no part of requests, `writeOnly` ones none of responses. */
  #isForTheOther(schema: unknown, version: "old" | "new", side: SchemaSite["side"]): boolean {
    const found = followReference(this.#documents[version], schema);
    return fieldOf(found, side === "request" ? "readOnly" : "writeOnly") === true;
  }

  #compareMaps(old: JsonObject, now: JsonObject, site: SchemaSite, depth: number): void {
    const [was, is] = [fieldOf(old, "additionalProperties"), fieldOf(now, "additionalProperties")];
    if (isJsonObject(was) && isJsonObject(is))
      this.#compare(was, is, { ...site, place: `${site.place}{}`, isTop: false }, depth + 1);
    else if (isOpen(was) && !isOpen(is)) this.#note(site, "map-closed");
    else if (!isOpen(was) && isOpen(is)) this.#note(site, "map-opened");
  }

  /** Alternatives are the same by name, or by what they say; what is left over is compared where it is one on each side. */
  #compareAlternatives(
    old: JsonObject,
    now: JsonObject,
    keyword: "oneOf" | "anyOf",
    site: SchemaSite,
    depth: number,
  ): void {
    const [before, after] = [membersOf(old, keyword), membersOf(now, keyword)];
    const gone = before.filter(({ key }) => !after.some((other) => other.key === key));
    const fresh = after.filter(({ key }) => !before.some((other) => other.key === key));
    for (const { key, schema } of before) {
      const same = after.find((other) => other.key === key);
      if (same !== undefined) this.#compare(schema, same.schema, site, depth + 1);
    }
    const [lost, found] = [gone[0], fresh[0]];
    if (
      lost !== undefined &&
      found !== undefined &&
      gone.length === 1 &&
      fresh.length === 1 &&
      !(lost.isNamed && found.isNamed)
    ) {
      this.#compare(lost.schema, found.schema, site, depth + 1);
      return;
    }
    // A schema that had no alternatives before is judged by its types.
    if (before.length > 0) for (const { title } of fresh) this.#note(site, "alternative-added", title);
    if (after.length > 0) for (const { title } of gone) this.#note(site, "alternative-removed", title);
  }

  #note(site: SchemaSite, rule: keyof typeof schemaRules, detail = "", sign?: Sign): void {
    // What a call gives says nothing of what its answer is read for.
    const shown = site.side === "request" ? sign : undefined;
    this.#recorder.note(site.owner, site.side, rule, schemaRules[rule], site.place, detail, shown);
  }
}

function isOpen(additional: unknown): boolean {
  return additional === true || (isJsonObject(additional) && additional !== undefined);
}

function memberOf(place: string, name: string): string {
  return place === "" ? name : `${place}.${name}`;
}

function nameOf(reference: string): string {
  const [root, section, name] = parsePointer(reference) ?? [];
  return root === "components" && section === "schemas" && name !== undefined ? name : reference;
}

/** Whether only what is said to people differs in the schema itself, not counting the schemas inside. */
function isTold(old: JsonObject, now: JsonObject): boolean {
  const text = (schema: JsonObject) =>
    JSON.stringify([fieldOf(schema, "title"), fieldOf(schema, "description"), fieldOf(schema, "example")]);
  return text(old) !== text(now);
}

/** The canonical text of what a schema binds both sides to. */
export function contractText(schema: unknown): string {
  return JSON.stringify(contractOf(schema)) ?? "";
}
