import { showDocumentText } from "../../text/show-document-text.js";
import type { Change } from "../changes/change.js";

const maxOperations = 3;
// Fewer operations with the same change keep a line each.
const minGroupSize = 3;

/** One change as a line: `GET /pets: query parameter limit was removed`. */
export function sentenceOf(change: Change): string {
  const { owner, operations } = change;
  // The owner is the only operation, and the location already shows the side.
  if (operations.length === 1 && operations[0] === owner) return showDocumentText(`${owner}: ${describe(change)}`);
  const usedIn = operations.length > 0 ? `, in ${listOf(operations)}` : "";
  return showDocumentText(`${owner}: ${describe(change)} (${change.side})${usedIn}`);
}

/** Changes as lines. The same change of several operations is one line, at the position of the first. */
export function sentencesOf(changes: readonly Change[]): string[] {
  const groups = new Map<string, Change[]>();
  const keyOf = (change: Change) =>
    JSON.stringify([
      change.rule,
      change.location,
      change.text,
      change.operations[0] === change.owner ? "" : change.owner,
    ]);
  for (const change of changes) groups.set(keyOf(change), [...(groups.get(keyOf(change)) ?? []), change]);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length < minGroupSize) return group.map(sentenceOf);
    const owners = group.map(({ owner }) => owner);
    return [showDocumentText(`${owners.length} operations (${listOf(owners)}): ${describe(first)}`)];
  });
}

function describe({ location, text }: Change): string {
  return location === "" ? text : `${location} ${text}`;
}

function listOf(operations: readonly string[]): string {
  const rest = operations.length - maxOperations;
  return `${operations.slice(0, maxOperations).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
