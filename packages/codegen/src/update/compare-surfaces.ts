import type { Change } from "../diff/change.js";
import { type Diff, levels } from "../diff/compare-documents.js";
import { operationRules } from "../diff/rules/operation-rules.js";

/** One line of a surface.txt: an operation or a component, its contract's hash, and for operations a name. */
interface Line {
  readonly title: string;
  readonly rest: string;
  readonly isOperation: boolean;
}

/**
 * What differs by surface.txt alone, for a document that is nowhere any more: which operations and components changed,
 * but not how. What changed somehow counts as breaking, because nobody can say that it is not.
 */
export function compareSurfaces(old: string, now: string): Diff {
  const [before, after] = [linesOf(old), linesOf(now)];
  const changes: Change[] = [];
  for (const line of before.values()) {
    const same = after.get(line.title);
    if (same === undefined && line.isOperation) changes.push(changeOf(line, "operation-removed"));
    else if (same !== undefined && same.rest !== line.rest) changes.push(changeOf(line, undefined));
  }
  for (const line of after.values())
    if (!before.has(line.title) && line.isOperation) changes.push(changeOf(line, "operation-added"));
  const count = (lines: ReadonlyMap<string, Line>) =>
    [...lines.values()].filter(({ isOperation }) => isOperation).length;
  return {
    changes: changes.sort((one, other) => levels.indexOf(one.level) - levels.indexOf(other.level)),
    operations: { old: count(before), new: count(after) },
  };
}

function changeOf({ title, isOperation }: Line, rule: keyof typeof operationRules | undefined): Change {
  const judged =
    rule === undefined ? { request: "breaking" as const, text: "changed in some way" } : operationRules[rule];
  return {
    rule: rule ?? "changed-in-some-way",
    level: judged.request,
    side: "operation",
    owner: title,
    place: "",
    text: judged.text,
    operations: isOperation ? [title] : [],
    sign: { kind: rule === "operation-removed" ? "always" : "unknown" },
  };
}

function linesOf(surface: string): ReadonlyMap<string, Line> {
  const lines = surface.split(/\r?\n/).filter((line) => line !== "");
  return new Map(
    lines.map((line) => {
      const [title = "", ...rest] = line.split("  ");
      return [title, { title, rest: rest.join("  "), isOperation: /^[A-Z]+ \//.test(title) }];
    }),
  );
}
