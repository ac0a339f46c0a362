import { GENERATED } from "./header.js";

/** A generated schema module: its document's name and its text. */
export interface SchemaModule {
  readonly name: string;
  readonly text: string;
}

const ROOTS = new Set(["paths", "webhooks", "operations", "$defs"]);

/**
 * The types of the documents' schemas under their own names; of a name that several documents have, the later ones carry the name
 * of their document. It is an entry of the package, so that a program which emits declarations can name what a call returns:
 * TypeScript finds a name through `export`, but not in a namespace.
 */
export function writeTypes(modules: readonly SchemaModule[]): string {
  if (modules.length === 1) return `${GENERATED}export type * from "./schemas/${modules[0]?.name}.js";\n`;
  const taken = new Set<string>();
  const exports = modules.map(({ name, text }) => {
    const names = exportedNames(text).map((own) => {
      let free = own;
      while (taken.has(free)) free += `_${name.replaceAll("-", "_")}`;
      taken.add(free);
      return free === own ? own : `${own} as ${free}`;
    });
    return `export type { ${names.join(", ")} } from "./schemas/${name}.js";\n`;
  });
  return `${GENERATED}${exports.join("")}`;
}

function exportedNames(text: string): string[] {
  const names = [...text.matchAll(/^export (?:type|interface) ([\w$]+)/gm)].map(([, name = ""]) => name);
  return names.filter((name) => !ROOTS.has(name));
}
