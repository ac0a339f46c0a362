import { expect, test } from "vitest";
import type { Level } from "../diff/rules/rule.js";
import { bumpFor } from "./write-changeset.js";

const diffWith = (...found: Level[]) => ({
  operations: { old: 1, new: 1 },
  changes: found.map((level) => ({
    level,
    rule: "",
    side: "request" as const,
    owner: "",
    location: "",
    text: "",
    operations: [],
    affectedCalls: { kind: "unknown" as const },
  })),
});

test.each<[string, Level[], string]>([
  ["0.3.0", ["additive", "breaking"], "minor"],
  ["0.3.0", ["additive"], "patch"],
  ["0.3.0", ["invisible"], "patch"],
  ["0.0.0", ["breaking"], "minor"],
  ["1.2.0", ["breaking", "additive"], "major"],
  ["1.2.0", ["additive", "invisible"], "minor"],
  ["1.2.0", ["invisible"], "patch"],
  ["10.0.0", ["breaking"], "major"],
  ["1.2.0", [], "patch"],
])("bumpFor raises version %s with the changes %j by a %s", (version, found, bump) => {
  expect(bumpFor(diffWith(...found), version)).toBe(bump);
});
