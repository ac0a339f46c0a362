import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";

/** The files of a folder, each with the files that it imports; all paths are relative to the folder. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>;

// `import ... from "./x.js"`, `export ... from "./x.js"`, `import "./x.js"` and `import("./x.js")`, types included.
const specifier = /\b(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g;

/** The relative module names that a source text imports, types included. */
export function findImports(text: string): string[] {
  return [...text.matchAll(specifier)].map(([, name]) => name as string);
}

/** Reads the imports of all sources below a folder; tests are left out. */
export function readImportGraph(folder: string): ImportGraph {
  const graph = new Map<string, Set<string>>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".ts") || /\.(test|test-d)\.ts$/.test(entry.name)) continue;
    const path = relative(folder, join(entry.parentPath, entry.name));
    const imported = findImports(readFileSync(join(folder, path), "utf8")).map((name) =>
      normalize(join(dirname(path), name)).replace(/\.js$/, ".ts"),
    );
    graph.set(path, new Set(imported));
  }
  return graph;
}

/** The graph of the folders of files: a folder imports another where one of its files does. */
export function folderGraph(files: ImportGraph): ImportGraph {
  const graph = new Map<string, Set<string>>();
  for (const [file, imported] of files) {
    const folder = dirname(file);
    const folders = graph.get(folder) ?? new Set<string>();
    graph.set(folder, folders);
    for (const other of imported) if (dirname(other) !== folder) folders.add(dirname(other));
  }
  return graph;
}
