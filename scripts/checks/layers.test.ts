import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findCycles } from "../layers-check/find-cycles.ts";
import { findUpward } from "../layers-check/find-upward.ts";
import { findImports, folderGraph, readImportGraph } from "../layers-check/import-graph.ts";
import { readLayers } from "../layers-check/read-layers.ts";

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const graphOf = (edges: Readonly<Record<string, readonly string[]>>) =>
  new Map(Object.entries(edges).map(([node, imported]) => [node, new Set(imported)]));

const layers = readLayers(readFileSync(at("ARCHITECTURE.md"), "utf8"));
const core = readImportGraph(at("packages/core/src"));

describe("the layers of core", () => {
  test("ARCHITECTURE.md gives every folder of core a floor, and names no folder that does not exist", () => {
    const folders = readdirSync(at("packages/core/src"), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect([...layers.keys()].sort()).toEqual(folders.map(({ name }) => name).sort());
  });

  test("a folder imports only from folders below it, types included", () => {
    expect(core.size).toBeGreaterThan(150);
    expect(findUpward(core, layers)).toEqual([]);
  });
});

describe.each(["core", "codegen", "testing", "bullmq", "pg-boss", "rabbitmq", "dashboard", "mcp"])(
  "the sources of @connectry/%s",
  (name) => {
    const graph = readImportGraph(at(`packages/${name}/src`));

    test("have no cycle between files, types included", () => {
      expect(graph.size).toBeGreaterThan(3);
      expect(findCycles(graph)).toEqual([]);
    });

    test("have no cycle between folders, types included", () => {
      // The root of a package holds its entry, which imports its folders; nothing in them may import it.
      expect(findCycles(folderGraph(graph))).toEqual([]);
    });
  },
);

describe("the check", () => {
  test("finds every form of import", () => {
    const text = `import a from "./a.js";
import type { B } from '../b.js';
import {
  c,
} from "./c/c.js";
export { d } from "./d.js";
export type * from "./e.js";
import "./f.js";
const g = await import("./g.js");
type H = import("./h.js").H;
import { outside } from "lru-cache";`;
    expect(findImports(text)).toEqual([
      "./a.js",
      "../b.js",
      "./c/c.js",
      "./d.js",
      "./e.js",
      "./f.js",
      "./g.js",
      "./h.js",
    ]);
  });

  test("finds a cycle of two, of three, and of a file with itself", () => {
    expect(findCycles(graphOf({ a: ["b"], b: ["c"], c: [] }))).toEqual([]);
    expect(findCycles(graphOf({ a: ["b"], b: ["a"] }))).toEqual([["a", "b"]]);
    expect(findCycles(graphOf({ a: ["b"], b: ["c"], c: ["a"], d: ["d"] }))).toEqual([["a", "b", "c"], ["d"]]);
  });

  test("finds an import of a higher floor, of the same floor, of an unknown folder and of the root index", () => {
    const floors = readLayers("### Layers of core\n\n| 1 | `high/` `other/` | x |\n| 0 | `low/` | x |\n\n## Next\n");
    expect(findUpward(graphOf({ "high/a.ts": ["low/b.ts", "high/c.ts"], "index.ts": ["high/a.ts"] }), floors)).toEqual(
      [],
    );
    const wrong = { "low/a.ts": ["high/b.ts"], "high/a.ts": ["other/b.ts", "index.ts"], "new/a.ts": ["low/b.ts"] };
    expect(findUpward(graphOf(wrong), floors)).toHaveLength(4);
  });

  test("refuses a folder on two floors", () => {
    expect(() => readLayers("### Layers of core\n| 1 | `a/` | x |\n| 0 | `a/` | x |\n")).toThrow("two floors");
  });
});
