import { readdir } from "node:fs/promises";
import { join } from "node:path";

// Folders that hold no sources of the project.
const SKIPPED = new Set(["node_modules", ".git", "dist"]);

/** The sorted paths, with `/`, of the files below a folder that match one of the patterns (`**`, `*`, `?`, `{a,b}`). */
export async function globFiles(patterns: readonly string[], cwd: string): Promise<string[]> {
  const expressions = patterns.map((pattern) => toRegExp(pattern.replace(/^\.\//, "").replaceAll("\\", "/")));
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(cwd, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) await walk(path);
      else if (entry.isFile() && expressions.some((expression) => expression.test(path))) found.push(path);
    }
  };
  await walk("");
  return found.sort();
}

/** Not `path.matchesGlob`, which prints a warning on Node 20 and 22 that it is experimental. */
function toRegExp(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*\*|[*?{},]|[.+^$()|[\]\\]/g, (part, offset: number) => {
    const isInBraces = pattern.lastIndexOf("{", offset) > pattern.lastIndexOf("}", offset);
    if (part === ",") return isInBraces ? "|" : ",";
    return GLOB[part] ?? `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}

const GLOB: Readonly<Record<string, string>> = {
  "**/": "(?:.*/)?",
  "**": ".*",
  "*": "[^/]*",
  "?": "[^/]",
  "{": "(?:",
  "}": ")",
};
