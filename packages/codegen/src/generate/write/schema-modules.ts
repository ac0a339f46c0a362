import type { LoadedDocument } from "../../document/loaded-document.js";
import { CodegenError } from "../../errors/codegen-error.js";
import { isDeviceName } from "../../text/device-name.js";
import { toPascalCase } from "../operations/operation-name.js";

/** The schema modules of a connector: one per document, with its name. */
export interface SchemaModules {
  /** The path of a document's module in the output folder. */
  fileOf(document: LoadedDocument): string;
  /** The name of the document's operations in `paths.ts`. */
  operationsOf(document: LoadedDocument): string;
  /** The imports that the code uses. An unused import would be an error under `noUnusedLocals`. */
  writeImports(code: string): string;
}

/**
 * Names the schema modules of documents.
 * @throws CodegenError if a document's name is not valid as a file name, or two differ only in letter case.
 */
export function nameSchemaModules(documents: readonly LoadedDocument[]): SchemaModules {
  const aliases = new Map<string, string>();
  const seen = new Set<string>();
  for (const { name, origin } of documents) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name)) {
      throw new CodegenError(
        `The document name ${JSON.stringify(name)} (${origin}) must consist of letters, digits, "-" and "_", because it becomes a file name.`,
      );
    }
    if (isDeviceName(name)) throw new CodegenError(`The document name "${name}" (${origin}) is a device on Windows.`);
    // Some file systems treat `Files.ts` and `files.ts` as the same file.
    if (seen.has(name.toLowerCase()))
      throw new CodegenError(
        `Two documents have the name "${name}" (in any letter case). Rename one of them in spec.yaml.`,
      );
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
      // Text of the document cannot match, because its quotes are escaped.
      const imported = documents.filter((document) => code.includes(`${operationsOf(document)}["`));
      const lines = imported.map((document) => {
        const as = isOnly ? "operations" : `operations as ${operationsOf(document)}`;
        return `import type { ${as} } from "./schemas/${document.name}.js";\n`;
      });
      return lines.join("");
    },
  };
}
