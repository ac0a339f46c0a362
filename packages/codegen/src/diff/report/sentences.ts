import { escapeDisguises } from "../../generate/schemas/document-text.js";
import type { Change } from "../change.js";

const shownOperations = 3;
// Two operations with the same change are no pattern yet.
const grouped = 3;

/** One change as a line: `GET /pets: query parameter limit is gone`. */
export function sentenceOf(change: Change): string {
  const { owner, operations } = change;
  // An operation's own change names it already, and says by its place on which side it is.
  if (operations.length === 1 && operations[0] === owner) return oneLine(`${owner}: ${whatOf(change)}`);
  const reach = operations.length > 0 ? `, in ${listOf(operations)}` : "";
  return oneLine(`${owner}: ${whatOf(change)} (${change.side})${reach}`);
}

/** Changes as lines: one that many operations share is one line, where the first of them stands. */
export function sentencesOf(changes: readonly Change[]): string[] {
  const alike = new Map<string, Change[]>();
  const keyOf = (change: Change) =>
    JSON.stringify([change.rule, change.place, change.text, change.operations[0] === change.owner ? "" : change.owner]);
  for (const change of changes) alike.set(keyOf(change), [...(alike.get(keyOf(change)) ?? []), change]);
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length < grouped) return group.map(sentenceOf);
    const owners = group.map(({ owner }) => owner);
    return [oneLine(`${owners.length} operations (${listOf(owners)}): ${whatOf(first)}`)];
  });
}

function whatOf({ place, text }: Change): string {
  return place === "" ? text : `${place} ${text}`;
}

function listOf(operations: readonly string[]): string {
  const rest = operations.length - shownOperations;
  return `${operations.slice(0, shownOperations).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function oneLine(text: string): string {
  return escapeDisguises(text.replace(/\s+/g, " "));
}
