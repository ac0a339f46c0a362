import { CodegenError } from "../../codegen-error.js";
import type { LoadedDocument } from "../../document/loaded-document.js";
import { toPascalCase } from "../operations/operation-name.js";

/** The schema modules of a connector: one a document, named for it. */
export interface SchemaModules {
  /** The path of a document's module in the output folder. */
  fileOf(document: LoadedDocument): string;
  /** What `paths.ts` calls the document's operations. */
  operationsOf(document: LoadedDocument): string;
  /** The imports of what the code uses; an unused one would be an error under `noUnusedLocals`. */
  writeImports(code: string): string;
}

/**
 * Names the modules.
 * @throws CodegenError where a document's name cannot be a file's, or two differ in letter case alone.
 */
export function nameSchemaModules(documents: readonly LoadedDocument[]): SchemaModules {
  const aliases = new Map<string, string>();
  const seen = new Set<string>();
  for (const { name, origin } of documents) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name)) {
      throw new CodegenError(
        `The document name ${JSON.stringify(name)} (${origin}) must be letters, digits, "-" and "_": it names a file.`,
      );
    }
    // Some file systems do not tell `Files.ts` from `files.ts`.
    if (seen.has(name.toLowerCase()))
      throw new CodegenError(`Two documents are called "${name}". Give one of them another name in spec.yaml.`);
    seen.add(name.toLowerCase());
    const alias = `operationsOf${toPascalCase(name)}`;
    aliases.set(name, [...aliases.values()].includes(alias) ? `${alias}_${aliases.size}` : alias);
  }
  const isOnly = documents.length === 1;
  const operationsOf = ({ name }: LoadedDocument) => (isOnly ? "operations" : (aliases.get(name) ?? name));
  return {
    fileOf: ({ name }) => `schemas/${name}.ts`,
    operationsOf,
    writeImports: (code) => {
      // In text of the document the quote would be escaped.
      const imported = documents.filter((document) => code.includes(`${operationsOf(document)}["`));
      const lines = imported.map((document) => {
        const as = isOnly ? "operations" : `operations as ${operationsOf(document)}`;
        return `import type { ${as} } from "./schemas/${document.name}.js";\n`;
      });
      return lines.join("");
    },
  };
}
