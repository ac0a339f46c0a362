import { globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readConnectors } from "./connectors.ts";
import { leftOutConnectors } from "./left-out.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The programs of one README: its TypeScript blocks, each in a file of its own. */
export interface ReadmePrograms {
  readonly readme: string;
  readonly files: readonly string[];
  /** The connectors that they import. */
  readonly connectors: readonly string[];
}

/**
 * Writes the TypeScript blocks of every README into a folder of `examples`, whose packages they import. A program of a connector's
 * README has that connector installed, without `examples` naming it. READMEs of connectors that are left out are not read.
 */
export function writeReadmePrograms(folder: string): ReadmePrograms[] {
  const leftOut = leftOutConnectors(root);
  const connectors = readConnectors(root).filter(({ id }) => !leftOut.includes(id));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "node_modules/@connectry"), { recursive: true });
  for (const { id, folder: own } of connectors)
    symlinkSync(join(root, own), join(folder, "node_modules/@connectry", id));
  const readmes = ["*.md", "packages/*/README.md", ...connectors.map(({ folder: own }) => `${own}/README.md`)];
  const ids = new Set(connectors.map(({ id }) => id));
  return globSync(readmes, { cwd: root }).flatMap((readme) => {
    const blocks = typescriptBlocks(readFileSync(join(root, readme), "utf8"));
    const files = blocks.map((code, index) => {
      const file = join(folder, `${readme.replaceAll(/[/.]/g, "-")}-${index + 1}.ts`);
      writeFileSync(file, `${code}\nexport {};\n`);
      return file;
    });
    const imported = [...blocks.join("\n").matchAll(/from "@connectry\/([\w-]+)/g)].map(([, id]) => id ?? "");
    return files.length === 0
      ? []
      : [{ readme, files, connectors: [...new Set(imported)].filter((id) => ids.has(id)) }];
  });
}

function typescriptBlocks(markdown: string): string[] {
  return [...markdown.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? "");
}
