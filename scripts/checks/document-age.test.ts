import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { DocumentPin } from "../../packages/codegen/src/source/document-pin.ts";
import { pinsOf } from "../../packages/codegen/src/spec/provider-spec.ts";
import { readSpec } from "../../packages/codegen/src/spec/read-spec.ts";
import { countOperations } from "../connectors-table/count-operations.ts";
import { describeSource } from "../connectors-table/describe-source.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
const names = readdirSync(join(root, "specs")).sort();

/** The table of a README: a row for each source, as its documents are pinned. */
function ageTable(documents: readonly DocumentPin[]): string {
  const rows = new Map<string, string[]>();
  for (const pin of documents) {
    const end = ` | ${pin.date} | ${describeSource(pin)} |`;
    rows.set(end, [...(rows.get(end) ?? []), `\`${pin.name}\``]);
  }
  const lines = [...rows].map(([end, pins]) => `| ${pins.join(", ")}${end}`);
  return ["| document | as of | from |", "|---|---|---|", ...lines].join("\n");
}

describe.each(names)("the documents of %s", (name) => {
  test("are pinned so that they cannot change, and say how old they are", async () => {
    const pins = pinsOf(await readSpec(join(root, "specs", name, "spec.yaml")));
    for (const { origin, date } of pins.flatMap((pin) => [pin, ...(pin.fallback ? [pin.fallback] : [])])) {
      expect(origin).toMatch(/^npm:|\/[0-9a-f]{40}\//);
      expect(date).toBeDefined();
    }
  });

  test("are in the README of the connector, with their age, their operations, and the command for newer ones", async () => {
    const pins = pinsOf(await readSpec(join(root, "specs", name, "spec.yaml")));
    const section = read("packages/connectors", name, "README.md").match(/^## The document[\s\S]*?(?=^## )/m)?.[0];
    expect(section).toContain(ageTable(pins));
    expect(section).toMatch(new RegExp(`^npx -y pnpm@12 connectry update ${name}( --upstream)?$`, "m"));
    const count = `${countOperations(read("specs", name, "surface.txt")).toLocaleString("en-US")} operations`;
    expect(section).toContain(count);
  });
});
