import type { LoadedDocument } from "../document/loaded-document.js";
import { arrayIn, compareText, fieldOf, stringIn } from "../generate/document/json.js";
import { type NamedOperation, operationKey } from "../generate/operations/api-operation.js";
import { nameOperations } from "../generate/operations/name-operations.js";
import { readOperations } from "../generate/operations/read-operations.js";
import type { SetByClient } from "../generate/operations/set-by-client.js";
import type { Change, Level } from "./change.js";
import { compareBodies } from "./compare-bodies.js";
import { compareParameters } from "./compare-parameters.js";
import { compareResponses } from "./compare-responses.js";
import { SchemaComparison } from "./compare-schemas.js";
import { type Owner, Recorder } from "./recorder.js";
import { operationRules } from "./rules/operation-rules.js";

/** What differs between two versions of a provider's documents. */
export interface Diff {
  /** Breaking first; within a level operations before shared schemas, by name. */
  readonly changes: readonly Change[];
  readonly operations: { readonly old: number; readonly new: number };
}

/** The levels, the gravest first. */
export const levels: readonly Level[] = ["breaking", "additive", "invisible"];

const ownHeaders: SetByClient = { headers: new Set(["accept", "content-type", "authorization"]), query: new Set() };

/** Compares two versions of the documents of one provider, operation by operation. */
export function compareDocuments(
  old: readonly LoadedDocument[],
  now: readonly LoadedDocument[],
  setByClient: SetByClient = ownHeaders,
): Diff {
  const read = (documents: readonly LoadedDocument[]) =>
    nameOperations(documents.flatMap((document) => readOperations(document, setByClient)));
  const [before, after] = [read(old), read(now)];
  const current = new Map(after.map((operation) => [operationKey(operation), operation]));
  const recorder = new Recorder();
  const schemas = new Map<string, SchemaComparison>();
  // Shared schemas belong to a document: one of the same name in another is another.
  const schemasOf = (was: NamedOperation, is: NamedOperation) => {
    const key = `${was.document.name} ${is.document.name}`;
    const known = schemas.get(key) ?? new SchemaComparison({ old: was.document, new: is.document }, recorder);
    schemas.set(key, known);
    return known;
  };
  for (const operation of before) {
    const owner = ownerOf(operation);
    const same = current.get(operationKey(operation));
    if (same === undefined) {
      const { "operation-removed": rule } = operationRules;
      recorder.note(owner, "operation", "operation-removed", rule, "", operation.name, { kind: "always" });
      continue;
    }
    current.delete(operationKey(operation));
    const comparison = schemasOf(operation, same);
    compareHeads(operation, same, owner, recorder);
    compareParameters(operation, same, owner, recorder, comparison);
    compareBodies(operation, same, owner, recorder, comparison);
    compareResponses(operation, same, owner, recorder, comparison);
  }
  for (const operation of current.values())
    recorder.note(
      ownerOf(operation),
      "operation",
      "operation-added",
      operationRules["operation-added"],
      "",
      operation.name,
    );
  return { changes: recorder.changes().sort(compareChanges), operations: { old: before.length, new: after.length } };
}

/** What of an operation is neither request nor response. */
function compareHeads(old: NamedOperation, now: NamedOperation, owner: Owner, recorder: Recorder): void {
  const note = (rule: keyof typeof operationRules, detail = "") => {
    // Calls by path do not see another name; the constant's import is looked for by that name.
    recorder.note(owner, "operation", rule, operationRules[rule], "", detail);
  };
  if (old.name !== now.name) note("operation-renamed", `${old.name}, now ${now.name}`);
  const isDeprecated = ({ json }: NamedOperation) => fieldOf(json, "deprecated") === true;
  if (!isDeprecated(old) && isDeprecated(now)) note("operation-deprecated");
  if (isDeprecated(old) && !isDeprecated(now)) note("operation-no-longer-deprecated");
  const [before, after] = [securityOf(old), securityOf(now)];
  if (before.join() !== after.join()) {
    const isKept = before.some((one) => after.includes(one)) || after.includes("{}");
    const detail = `${before.join(" or ") || "none"}, now ${after.join(" or ") || "none"}`;
    note(isKept || (before.length === 0 && after.length === 0) ? "security-changed" : "security-narrowed", detail);
  }
  if (JSON.stringify(old.servers) !== JSON.stringify(now.servers)) note("server-changed");
  const textOf = ({ json }: NamedOperation) => `${stringIn(json, "summary")} ${stringIn(json, "description")}`;
  if (textOf(old) !== textOf(now)) note("text-changed");
}

/** The schemes that are enough for an operation, each alternative as text; `{}` for none at all. */
function securityOf({ document, json }: NamedOperation): string[] {
  const holder = fieldOf(json, "security") === undefined ? document.json : json;
  const alternatives = arrayIn(holder, "security").map(
    (one) =>
      Object.keys(one as object)
        .sort()
        .join(" and ") || "{}",
  );
  // To demand nothing is to take anything.
  return alternatives.length === 0 ? ["{}"] : alternatives.sort();
}

function ownerOf(operation: NamedOperation): Owner {
  return { title: operationKey(operation), isOperation: true };
}

function compareChanges(one: Change, other: Change): number {
  const isShared = ({ owner }: Change) => (owner.startsWith("schema ") ? 1 : 0);
  return (
    levels.indexOf(one.level) - levels.indexOf(other.level) ||
    isShared(one) - isShared(other) ||
    compareText(one.owner, other.owner) ||
    compareText(one.side, other.side) ||
    compareText(one.place, other.place) ||
    compareText(one.text, other.text)
  );
}
