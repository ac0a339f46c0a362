import { isSeq, parseDocument } from "yaml";

/** One overlay with the actions of two, and with the comments of the first; undefined where there is none. */
export function joinOverlays(first: string | undefined, second: string | undefined): string | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  const [joined, added] = [parseDocument(first), parseDocument(second)];
  const [actions, more] = [joined.get("actions"), added.get("actions")];
  if (!isSeq(actions) || !isSeq(more)) return first;
  actions.items.push(...more.items);
  return joined.toString({ lineWidth: 0 });
}
