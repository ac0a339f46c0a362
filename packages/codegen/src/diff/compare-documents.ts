import type { LoadedDocument } from "../document/loaded-document.js";
import { arrayIn, compareText, fieldOf, stringIn } from "../generate/document/json.js";
import { type NamedOperation, operationKey } from "../generate/operations/api-operation.js";
import { nameOperations } from "../generate/operations/name-operations.js";
import { readOperations } from "../generate/operations/read-operations.js";
import { type SetByClient, setByClient } from "../generate/operations/set-by-client.js";
import type { GeneratorProfile } from "../generate/profile/generator-profile.js";
import type { Change } from "./change.js";
import { compareBodies } from "./compare-bodies.js";
import { compareLists } from "./compare-lists.js";
import { compareParameters } from "./compare-parameters.js";
import { compareResponses } from "./compare-responses.js";
import { SchemaComparison } from "./compare-schemas.js";
import type { OperationComparison } from "./operation-comparison.js";
import { type Owner, Recorder } from "./recorder.js";
import { operationRules } from "./rules/operation-rules.js";
import { levels } from "./rules/rule.js";
import type { Versions } from "./versions.js";

/** The differences between two versions of a provider's documents. */
export interface Diff {
  /** Breaking changes first; within a level, changes of operations before those of shared schemas, sorted by owner. */
  readonly changes: readonly Change[];
  /** How many operations each version has. */
  readonly operations: Versions<number>;
}

const defaultSetByClient: SetByClient = {
  headers: new Set(["accept", "content-type", "authorization"]),
  query: new Set(),
};

/** Compares two versions of the documents of one provider, operation by operation; as a client with the profile uses them, if given. */
export function compareDocuments(
  old: readonly LoadedDocument[],
  current: readonly LoadedDocument[],
  profile?: GeneratorProfile,
): Diff {
  const parameters = profile === undefined ? defaultSetByClient : setByClient(profile);
  const read = (documents: readonly LoadedDocument[]) =>
    nameOperations(documents.flatMap((document) => readOperations(document, parameters)));
  const [before, after] = [read(old), read(current)];
  const recorder = new Recorder();
  const recordWhole = (operation: NamedOperation, ruleName: "operation-removed" | "operation-added") =>
    recorder.record(ownerOf(operation), {
      side: "operation",
      ruleName,
      rule: operationRules[ruleName],
      location: "",
      detail: operation.name,
      affectedCalls: ruleName === "operation-removed" ? { kind: "all" } : undefined,
    });
  const schemasOf = schemaComparisons(recorder);
  const added = new Map(after.map((operation) => [operationKey(operation), operation]));
  const lists = compareLists({ old: before, new: after }, old, profile);
  for (const operation of before) {
    const same = added.get(operationKey(operation));
    if (same === undefined) {
      recordWhole(operation, "operation-removed");
      continue;
    }
    added.delete(operationKey(operation));
    const versions = { old: operation, new: same };
    const owner = ownerOf(operation);
    compareOperations({ ...versions, owner, recorder, schemas: schemasOf(versions) });
    for (const [name, keys] of [["list-removed", lists.removed] as const, ["list-added", lists.added] as const]) {
      if (!keys.has(operationKey(operation))) continue;
      recorder.record(owner, { side: "operation", ruleName: name, rule: operationRules[name], location: "" });
    }
  }
  for (const operation of added.values()) recordWhole(operation, "operation-added");
  return { changes: recorder.changes().sort(compareChanges), operations: { old: before.length, new: after.length } };
}

/** One comparison for each pair of documents: schemas of the same name in two documents are different schemas. */
function schemaComparisons(recorder: Recorder): (operations: Versions<NamedOperation>) => SchemaComparison {
  const comparisons = new Map<string, SchemaComparison>();
  return (operations) => {
    const documents = { old: operations.old.document, new: operations.new.document };
    const key = `${documents.old.name} ${documents.new.name}`;
    const comparison = comparisons.get(key) ?? new SchemaComparison(documents, recorder);
    comparisons.set(key, comparison);
    return comparison;
  };
}

function compareOperations(comparison: OperationComparison): void {
  compareOperationObjects(comparison);
  compareParameters(comparison);
  compareBodies(comparison);
  compareResponses(comparison);
}

/** Compares the parts of an operation that belong neither to its request nor to its responses. */
function compareOperationObjects({ old, new: current, owner, recorder }: OperationComparison): void {
  const record = (ruleName: keyof typeof operationRules, detail?: string) =>
    recorder.record(owner, { side: "operation", ruleName, rule: operationRules[ruleName], location: "", detail });
  if (old.name !== current.name) record("operation-renamed", `${old.name}, now ${current.name}`);
  const isDeprecated = ({ json }: NamedOperation) => fieldOf(json, "deprecated") === true;
  if (!isDeprecated(old) && isDeprecated(current)) record("operation-deprecated");
  if (isDeprecated(old) && !isDeprecated(current)) record("operation-no-longer-deprecated");
  const [before, after] = [securityOf(old), securityOf(current)];
  if (before.join() !== after.join()) {
    const isStillAccepted = before.some((one) => after.includes(one)) || after.includes(NO_CREDENTIAL);
    const detail = `${before.join(" or ")}, now ${after.join(" or ")}`;
    record(isStillAccepted ? "security-changed" : "security-narrowed", detail);
  }
  if (JSON.stringify(old.servers) !== JSON.stringify(current.servers)) record("server-changed");
  const textOf = ({ json }: NamedOperation) => `${stringIn(json, "summary")} ${stringIn(json, "description")}`;
  if (textOf(old) !== textOf(current)) record("text-changed");
}

const NO_CREDENTIAL = "no credential";

/** The alternatives of an operation's `security` as text: the names of the schemes that each requires together. */
function securityOf({ document, json }: NamedOperation): string[] {
  const holder = fieldOf(json, "security") === undefined ? document.json : json;
  const alternatives = arrayIn(holder, "security").map(
    (one) =>
      Object.keys(one as object)
        .sort()
        .join(" and ") || NO_CREDENTIAL,
  );
  return alternatives.length === 0 ? [NO_CREDENTIAL] : alternatives.sort();
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
    compareText(one.location, other.location) ||
    compareText(one.text, other.text)
  );
}
