import { readdir } from "node:fs/promises";
import { join } from "node:path";

// Nobody's own sources.
const SKIPPED = new Set(["node_modules", ".git", "dist"]);

/** The files below a folder whose path matches one of the patterns (`**`, `*`, `?`, `{a,b}`), in order, with `/`. */
export async function globFiles(patterns: readonly string[], cwd: string): Promise<string[]> {
  const expressions = patterns.map((pattern) => globExpression(pattern.replace(/^\.\//, "").replaceAll("\\", "/")));
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

/** Node's `path.matchesGlob` says the same, behind a warning that it is experimental on Node 20 and 22. */
function globExpression(pattern: string): RegExp {
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
