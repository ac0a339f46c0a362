import { JSONPathError, type JSONPathNode } from "json-p3";
import { CodegenError } from "../errors/codegen-error.js";
import { PatternError, selectNodes } from "./json-path.js";
import { isObject, mergeUpdate } from "./merge-update.js";
import { moveToPost } from "./move-to-post.js";
import type { Overlay, OverlayAction } from "./overlay.js";
import { PathCostError } from "./path-cost.js";
import { uniteItems } from "./unite-schemas.js";

/**
 * Applies the actions of an overlay in their order, each to the result of the one before. Returns a copy: the document
 * that is passed in does not change.
 * @throws CodegenError if a target matches nothing, because the document may have changed and the repair be obsolete.
 */
export function applyOverlay(
  document: Record<string, unknown>,
  overlay: Overlay,
  origin: string,
): Record<string, unknown> {
  const result = structuredClone(document);
  for (const action of overlay.actions) {
    const nodes = select(result, action.target, action.position);
    if (nodes.length === 0) {
      throw new CodegenError(`${action.position}: the target matches nothing in ${origin}.`, [
        `target  ${action.target}`,
        "Either the path is mistyped, or the document has changed and the action is no longer needed.",
      ]);
    }
    if (action.kind === "remove") removeAll(result, nodes, action);
    else if (action.kind === "repair") repairAll(nodes, action);
    else if (action.kind === "copy") {
      const update = structuredClone(selectOne(result, action).value);
      for (const node of nodes) mergeInto(node, update, action);
    } else for (const node of nodes) mergeInto(node, action.update, action);
  }
  return result;
}

const repairs = { "unite-items": uniteItems, "move-to-post": moveToPost };

function repairAll(nodes: readonly JSONPathNode[], action: Extract<OverlayAction, { kind: "repair" }>): void {
  // What is within another node comes first, because it becomes a part of that.
  const inward = [...nodes].sort((one, other) => other.location.length - one.location.length);
  for (const node of inward) {
    const value: unknown = node.value;
    if (!isObject(value) || !repairs[action.repair](value))
      throw targetError(action, node, `does not have what \`${action.repair}\` repairs.`);
  }
}

/** The only node that a `copy` selects. */
function selectOne(
  document: Record<string, unknown>,
  { copy, position }: Extract<OverlayAction, { kind: "copy" }>,
): JSONPathNode {
  const [node, ...others] = select(document, copy, position);
  if (node !== undefined && others.length === 0) return node;
  throw new CodegenError(
    `${position}: \`copy\` must select one node, and selects ${node ? others.length + 1 : "none"}.`,
    [`copy  ${copy}`],
  );
}

function select(document: Record<string, unknown>, path: string, position: string): readonly JSONPathNode[] {
  try {
    return selectNodes(path, document);
  } catch (cause) {
    if (cause instanceof PatternError) {
      const detail = [`target  ${path.slice(0, 200)}`];
      throw new CodegenError(`${position}: the pattern ${cause.message}.`, detail, { cause });
    }
    if (cause instanceof PathCostError) {
      const detail = [`target  ${path.slice(0, 200)}`, "Name more of the path, instead of `..` and `*`."];
      throw new CodegenError(`${position}: the target ${cause.message}.`, detail, { cause });
    }
    if (!(cause instanceof JSONPathError)) throw cause;
    throw new CodegenError(
      `${position}: the target is not a valid JSONPath (RFC 9535): ${cause.message}`,
      [`target  ${path}`],
      { cause },
    );
  }
}

function mergeInto(node: JSONPathNode, update: unknown, action: OverlayAction): void {
  const value: unknown = node.value;
  if (Array.isArray(value)) {
    // Overlay 1.0 appends the update as one entry, 1.1 concatenates two lists. OpenAPI has no list of lists, so a list
    // as the update is a mistake.
    if (Array.isArray(update))
      throw targetError(
        action,
        node,
        "is a list: `update` must be the one entry to append. Write one action per entry.",
      );
    value.push(structuredClone(update));
  } else if (!isObject(value)) {
    throw targetError(
      action,
      node,
      "is a single value. Target the object that contains it, and put the new value into `update`.",
    );
  } else if (!isObject(update)) {
    throw targetError(action, node, "is an object: `update` must be an object too.");
  } else {
    const conflict = mergeUpdate(value, update);
    if (conflict === undefined) return;
    throw targetError(
      action,
      node,
      `conflicts with the update: ${conflict.path.join(".")} ${conflict.reason}. Remove it with an earlier action.`,
    );
  }
}

/**
 * Finds the parent of every node before it removes anything: a path can match nodes in any order, more than once, and
 * within each other.
 */
function removeAll(document: Record<string, unknown>, nodes: readonly JSONPathNode[], action: OverlayAction): void {
  const fromLists = new Map<unknown[], Set<number>>();
  const fromObjects: (() => void)[] = [];
  for (const node of nodes) {
    const key = node.location.at(-1);
    if (key === undefined) throw targetError(action, node, "is the whole document, which cannot be removed.");
    const parent = valueAt(document, node.location.slice(0, -1));
    if (Array.isArray(parent)) fromLists.set(parent, (fromLists.get(parent) ?? new Set()).add(Number(key)));
    else if (isObject(parent)) fromObjects.push(() => delete parent[key]);
  }
  for (const remove of fromObjects) remove();
  for (const [list, indices] of fromLists) {
    const kept = list.filter((_, index) => !indices.has(index));
    list.splice(0, list.length, ...kept);
  }
}

function valueAt(document: unknown, location: readonly (string | number)[]): unknown {
  return location.reduce<unknown>((node, key) => (node as Record<string | number, unknown>)[key], document);
}

function targetError(action: OverlayAction, node: JSONPathNode, text: string): CodegenError {
  return new CodegenError(`${action.position}: ${node.path} ${text}`, [`target  ${action.target}`]);
}
