import { expect, test } from "vitest";
import { diffOf, type PetsDocument } from "../../test/diff-pair.js";

interface Case {
  readonly old: PetsDocument;
  readonly current: PetsDocument;
  readonly rule: string;
  readonly level: string;
}

test.each<readonly [title: string, Case]>([
  [
    "another credential instead of the old one",
    {
      old: { security: [{ key: [] }] },
      current: { security: [{ oauth: [] }] },
      rule: "security-narrowed",
      level: "breaking",
    },
  ],
  [
    "a second way to authenticate",
    {
      old: { security: [{ key: [] }] },
      current: { security: [{ key: [] }, { oauth: [] }] },
      rule: "security-changed",
      level: "additive",
    },
  ],
  [
    "a credential where none was required",
    { old: {}, current: { security: [{ key: [] }] }, rule: "security-narrowed", level: "breaking" },
  ],
  [
    "another place for a key",
    {
      old: { securitySchemes: { key: { type: "apiKey", in: "header", name: "key" } }, security: [{ key: [] }] },
      current: { securitySchemes: { key: { type: "apiKey", in: "query", name: "key" } }, security: [{ key: [] }] },
      rule: "security-narrowed",
      level: "breaking",
    },
  ],
  [
    "a second credential together with the first",
    {
      old: { security: [{ key: [] }] },
      current: { security: [{ key: [], app: [] }] },
      rule: "security-narrowed",
      level: "breaking",
    },
  ],
])("comparing security reports %s", (_, { old, current, rule, level }) => {
  expect(diffOf(old, current).changes).toMatchObject([{ rule, level, operations: ["POST /pets"] }]);
});
