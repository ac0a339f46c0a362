import type { LoadedDocument } from "../../document/loaded-document.js";
import type { FindingDetails, Owner } from "../changes/recorder.js";
import type { Versions } from "../changes/versions.js";
import type { schemaRules } from "../rules/schema-rules.js";

/** Where in a request or response a schema is. */
export interface SchemaSite {
  readonly owner: Owner;
  readonly side: "request" | "response";
  /** `body`, `query parameter limit`, `body.items[]`; empty at the root of a shared schema. */
  readonly location: string;
  /** Whether the schema's properties are properties of the call's body itself, where a call site shows them. */
  readonly isTopLevel: boolean;
}

/** A site inside of others. */
export interface NestedSite extends SchemaSite {
  /** How many schemas it is inside of, counted from the owner. */
  readonly depth: number;
}

/** What the comparison of one keyword needs from the comparison of schemas. */
export interface SchemaVisit {
  readonly documents: Versions<LoadedDocument>;
  /** Compares two schemas at a site; a missing one allows every value. */
  compare(schemas: Versions<unknown>, site: NestedSite): void;
  record(site: SchemaSite, ruleName: keyof typeof schemaRules, details?: FindingDetails): void;
}

/** The site of a schema that applies to the same value. */
export function deeper(site: NestedSite): NestedSite {
  return { ...site, depth: site.depth + 1 };
}

/** The site of a schema that applies to a value inside. */
export function inside(site: NestedSite, location: string): NestedSite {
  return { ...site, location, isTopLevel: false, depth: site.depth + 1 };
}

/** The location of a property of the value at a site. */
export function memberLocation({ location }: SchemaSite, name: string): string {
  return location === "" ? name : `${location}.${name}`;
}
