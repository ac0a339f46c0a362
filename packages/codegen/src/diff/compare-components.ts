import type { LoadedDocument } from "../document/loaded-document.js";
import { fieldOf, objectIn } from "../generate/document/json.js";
import type { Recorder } from "./changes/recorder.js";
import type { Versions } from "./changes/versions.js";
import { componentRules } from "./rules/component-rules.js";
import { contractText, type SchemaComparison } from "./schemas/compare-schemas.js";

/**
 * Reports the schemas that are no longer there under their name, which a program can import as types. It runs after operations and
 * webhooks were compared, because they show which schema has taken the place of another one.
 */
export function compareComponents(
  documents: Versions<LoadedDocument>,
  { recorder, schemas }: { readonly recorder: Recorder; readonly schemas: SchemaComparison },
): void {
  const schemasOf = ({ json }: LoadedDocument) => objectIn(fieldOf(json, "components"), "schemas");
  const [before, after] = [schemasOf(documents.old), schemasOf(documents.new)];
  const added = Object.keys(after).filter((name) => !Object.hasOwn(before, name));
  const contracts = new Map<string, string[]>();
  for (const name of added) {
    const text = contractText(after[name]);
    contracts.set(text, [...(contracts.get(text) ?? []), name]);
  }
  for (const name of Object.keys(before)) {
    if (Object.hasOwn(after, name)) continue;
    const successors = schemas.successorsOf(name).filter((other) => added.includes(other));
    const [successor] = successors.length > 0 ? successors : (contracts.get(contractText(before[name])) ?? []);
    const ruleName = successor === undefined ? "schema-removed" : "schema-renamed";
    recorder.record(
      { title: `schema ${name}`, isOperation: false },
      { side: "operation", ruleName, rule: componentRules[ruleName], location: "", detail: successor },
    );
  }
}
