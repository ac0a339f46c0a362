import type { LoadedDocument } from "../document/loaded-document.js";
import { compareText, fieldOf, stringIn } from "../generate/document/json.js";
import { type NamedOperation, operationKey } from "../generate/operations/api-operation.js";
import { nameOperations } from "../generate/operations/name-operations.js";
import { readOperations } from "../generate/operations/read-operations.js";
import { type SetByClient, setByClient } from "../generate/operations/set-by-client.js";
import type { GeneratorProfile } from "../generate/profile/generator-profile.js";
import type { WebhookFacts } from "../spec/webhook-facts.js";
import type { AffectedCalls, Change } from "./changes/change.js";
import { type Owner, Recorder } from "./changes/recorder.js";
import type { Versions } from "./changes/versions.js";
import { compareBodies } from "./compare-bodies.js";
import { compareComponents } from "./compare-components.js";
import { compareParameters } from "./compare-parameters.js";
import { compareResponses } from "./compare-responses.js";
import { compareSchemes, compareSecurity } from "./compare-security.js";
import { compareWebhooks } from "./compare-webhooks.js";
import { findLists } from "./find-lists.js";
import type { OperationComparison } from "./operation-comparison.js";
import { pairOperations, requestShape } from "./pair-operations.js";
import { operationRules } from "./rules/operation-rules.js";
import { levels } from "./rules/rule.js";
import { SchemaComparison } from "./schemas/compare-schemas.js";

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

/** How a client uses the documents that are compared. */
export interface CompareOptions {
  /** The parameters that its profile sets are not compared. */
  readonly profile?: GeneratorProfile | undefined;
  /** Where the documents have its events. */
  readonly webhooks?: WebhookFacts | undefined;
}

/** Compares two versions of the documents of one provider, operation by operation, and its webhooks. */
export function compareDocuments(
  old: readonly LoadedDocument[],
  current: readonly LoadedDocument[],
  { profile, webhooks }: CompareOptions = {},
): Diff {
  const parameters = profile === undefined ? defaultSetByClient : setByClient(profile);
  const read = (documents: readonly LoadedDocument[]) =>
    nameOperations(documents.flatMap((document) => readOperations(document, parameters)));
  const [before, after] = [read(old), read(current)];
  const recorder = new Recorder();
  const schemasOf = schemaComparisons(recorder);
  const lists = findLists({ old: before, new: after }, old, profile);
  const { pairs, removed, added } = pairOperations({ old: before, new: after });
  for (const operation of removed) recordWhole(recorder, operation, "operation-removed");
  for (const operation of added) recordWhole(recorder, operation, "operation-added");
  for (const versions of pairs) {
    const owner = ownerOf(versions.old);
    const schemas = schemasOf({ old: versions.old.document, new: versions.new.document });
    compareOperations({ ...versions, owner, recorder, schemas });
    const keys = { old: operationKey(versions.old), new: operationKey(versions.new) };
    const isList = { old: lists.old.has(keys.old), new: lists.new.has(keys.new) };
    if (isList.old === isList.new) continue;
    const ruleName = isList.old ? "list-removed" : "list-added";
    recorder.record(owner, { side: "operation", ruleName, rule: operationRules[ruleName], location: "" });
  }
  for (const document of old) {
    const same = current.find(({ name }) => name === document.name);
    if (same === undefined) continue;
    const documents = { old: document, new: same };
    const schemas = schemasOf(documents);
    compareWebhooks({ documents, facts: webhooks, recorder, schemas });
    compareSchemes(documents, recorder);
    compareComponents(documents, { recorder, schemas });
  }
  return { changes: recorder.changes().sort(compareChanges), operations: { old: before.length, new: after.length } };
}

function recordWhole(
  recorder: Recorder,
  operation: NamedOperation,
  ruleName: "operation-removed" | "operation-added",
): void {
  recorder.record(ownerOf(operation), {
    side: "operation",
    ruleName,
    rule: operationRules[ruleName],
    location: "",
    detail: operation.name,
    affectedCalls: ruleName === "operation-removed" ? { kind: "all" } : undefined,
  });
}

/** One comparison for each pair of documents: schemas of the same name in two documents are different schemas. */
function schemaComparisons(recorder: Recorder): (documents: Versions<LoadedDocument>) => SchemaComparison {
  const comparisons = new Map<string, SchemaComparison>();
  return (documents) => {
    const key = `${documents.old.name} ${documents.new.name}`;
    const comparison = comparisons.get(key) ?? new SchemaComparison(documents, recorder);
    comparisons.set(key, comparison);
    return comparison;
  };
}

function compareOperations(comparison: OperationComparison): void {
  compareOperationObjects(comparison);
  compareSecurity(comparison);
  compareParameters(comparison);
  compareBodies(comparison);
  compareResponses(comparison);
}

/** Compares the parts of an operation that belong neither to its request nor to its responses. */
function compareOperationObjects({ old, new: current, owner, recorder }: OperationComparison): void {
  const record = (ruleName: keyof typeof operationRules, detail?: string, affectedCalls?: AffectedCalls) =>
    recorder.record(owner, {
      side: "operation",
      ruleName,
      rule: operationRules[ruleName],
      location: "",
      detail,
      affectedCalls,
    });
  if (requestShape(old) !== requestShape(current)) record("operation-moved", operationKey(current), { kind: "all" });
  if (old.name !== current.name) record("operation-renamed", `${old.name}, now ${current.name}`);
  const isDeprecated = ({ json }: NamedOperation) => fieldOf(json, "deprecated") === true;
  if (!isDeprecated(old) && isDeprecated(current)) record("operation-deprecated");
  if (isDeprecated(old) && !isDeprecated(current)) record("operation-no-longer-deprecated");
  if (JSON.stringify(old.servers) !== JSON.stringify(current.servers)) record("server-changed");
  const textOf = ({ json }: NamedOperation) => `${stringIn(json, "summary")} ${stringIn(json, "description")}`;
  if (textOf(old) !== textOf(current)) record("text-changed");
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
