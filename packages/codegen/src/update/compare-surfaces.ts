import type { Change } from "../diff/changes/change.js";
import type { Diff } from "../diff/compare-documents.js";
import { operationRules } from "../diff/rules/operation-rules.js";
import { always, levels } from "../diff/rules/rule.js";

/** One line of a surface.txt: an operation or a component. */
interface SurfaceLine {
  readonly title: string;
  /** The hash of its contract; for operations also the name. */
  readonly rest: string;
  readonly isOperation: boolean;
}

/**
 * Compares two texts of surface.txt, for the case that the old document is no longer available. It shows which
 * operations and components changed, but not how, so each change of an existing one counts as breaking.
 */
export function compareSurfaces(old: string, current: string): Diff {
  const [before, after] = [parseSurface(old), parseSurface(current)];
  const changes: Change[] = [];
  for (const line of before.values()) {
    const same = after.get(line.title);
    if (same === undefined && line.isOperation) changes.push(changeOf(line, "operation-removed"));
    else if (same !== undefined && same.rest !== line.rest) changes.push(changeOf(line, "changed-in-some-way"));
  }
  for (const line of after.values())
    if (!before.has(line.title) && line.isOperation) changes.push(changeOf(line, "operation-added"));
  const count = (lines: ReadonlyMap<string, SurfaceLine>) =>
    [...lines.values()].filter(({ isOperation }) => isOperation).length;
  return {
    changes: changes.sort((one, other) => levels.indexOf(one.level) - levels.indexOf(other.level)),
    operations: { old: count(before), new: count(after) },
  };
}

const surfaceRules = {
  "operation-removed": operationRules["operation-removed"],
  "operation-added": operationRules["operation-added"],
  "changed-in-some-way": always("breaking", "changed in some way"),
};

function changeOf({ title, isOperation }: SurfaceLine, ruleName: keyof typeof surfaceRules): Change {
  return {
    rule: ruleName,
    level: surfaceRules[ruleName].request,
    side: "operation",
    owner: title,
    location: "",
    text: surfaceRules[ruleName].text,
    operations: isOperation ? [title] : [],
    affectedCalls: { kind: ruleName === "operation-removed" ? "all" : "unknown" },
  };
}

function parseSurface(surface: string): ReadonlyMap<string, SurfaceLine> {
  const lines = surface.split(/\r?\n/).filter((line) => line !== "");
  return new Map(
    lines.map((line) => {
      const [title = "", ...rest] = line.split("  ");
      return [title, { title, rest: rest.join("  "), isOperation: /^[A-Z]+ /.test(title) }];
    }),
  );
}
