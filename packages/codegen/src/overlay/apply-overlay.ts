import { JSONPathError, type JSONPathNode, query } from "json-p3";
import { CodegenError } from "../codegen-error.js";
import { isObject, mergeUpdate } from "./merge-update.js";
import type { Overlay, OverlayAction } from "./overlay.js";

/**
 * The document with an overlay's actions applied, in their order, each to the result of the one before. The document
 * given is left as it is. Throws where a target matches nothing: the document has moved, and the repair with it.
 */
export function applyOverlay(
  document: Record<string, unknown>,
  overlay: Overlay,
  origin: string,
): Record<string, unknown> {
  const result = structuredClone(document);
  for (const action of overlay.actions) {
    const nodes = select(result, action);
    if (nodes.length === 0) {
      throw new CodegenError(`${action.place}: the target matches nothing in ${origin}.`, [
        `target  ${action.target}`,
        "Either the path is mistyped, or the document has changed and the action is no longer needed.",
      ]);
    }
    if (action.kind === "remove") removeAll(result, nodes, action);
    else for (const node of nodes) updateOne(node, action.update, action);
  }
  return result;
}

function select(document: Record<string, unknown>, action: OverlayAction): readonly JSONPathNode[] {
  try {
    return query(action.target, document as Parameters<typeof query>[1]).nodes;
  } catch (cause) {
    if (!(cause instanceof JSONPathError)) throw cause;
    throw new CodegenError(
      `${action.place}: the target is no JSONPath (RFC 9535): ${cause.message}`,
      [`target  ${action.target}`],
      { cause },
    );
  }
}

function updateOne(node: JSONPathNode, update: unknown, action: OverlayAction): void {
  const value: unknown = node.value;
  if (Array.isArray(value)) {
    // Overlay 1.0 appends the update as one entry, 1.1 joins two lists. OpenAPI has no lists of lists: it must be a slip.
    if (Array.isArray(update))
      throw misfit(action, node, "is a list: `update` is the one entry to append. Write one action for each entry.");
    value.push(structuredClone(update));
  } else if (!isObject(value)) {
    throw misfit(
      action,
      node,
      "is a single value. Target the object that holds it, and let `update` hold the new value.",
    );
  } else if (!isObject(update)) {
    throw misfit(action, node, "is an object: `update` must be one too.");
  } else {
    const conflict = mergeUpdate(value, update);
    if (conflict === undefined) return;
    throw misfit(
      action,
      node,
      `does not go with the update: ${conflict.path.join(".")} ${conflict.reason}. Remove it with an action before.`,
    );
  }
}

/** Finds what holds each node before anything moves: a path may choose in any order, twice, and inside of each other. */
function removeAll(document: Record<string, unknown>, nodes: readonly JSONPathNode[], action: OverlayAction): void {
  const fromLists = new Map<unknown[], Set<number>>();
  const fromObjects: (() => void)[] = [];
  for (const node of nodes) {
    const key = node.location.at(-1);
    if (key === undefined) throw misfit(action, node, "is the whole document, which cannot be removed.");
    const parent = at(document, node.location.slice(0, -1));
    if (Array.isArray(parent)) fromLists.set(parent, (fromLists.get(parent) ?? new Set()).add(Number(key)));
    else if (isObject(parent)) fromObjects.push(() => delete parent[key]);
  }
  for (const remove of fromObjects) remove();
  for (const [list, indices] of fromLists) {
    const kept = list.filter((_, index) => !indices.has(index));
    list.splice(0, list.length, ...kept);
  }
}

function at(document: unknown, location: readonly (string | number)[]): unknown {
  return location.reduce<unknown>((node, key) => (node as Record<string | number, unknown>)[key], document);
}

function misfit(action: OverlayAction, node: JSONPathNode, text: string): CodegenError {
  return new CodegenError(`${action.place}: ${node.path} ${text}`, [`target  ${action.target}`]);
}
