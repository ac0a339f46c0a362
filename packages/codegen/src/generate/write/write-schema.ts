import type { LoadedDocument } from "../../document/loaded-document.js";
import { GENERATED } from "./header.js";

const kinds = ["schemas", "responses", "parameters", "requestBodies", "headers", "pathItems"];

/**
 * The types of the documents as openapi-typescript has them, for openapi-fetch: `paths`, `components` and `operations`. Of several
 * documents they are joined; a name that two of them have is that of the first.
 */
export function writeSchema(documents: readonly LoadedDocument[]): string {
  const imports = documents.map(({ name }, index) => `import type * as D${index} from "./schemas/${name}.js";\n`);
  const joined = (member: string) => {
    const [first = "", ...others] = documents.map((_, index) => `D${index}.${member}`);
    return others.reduce((left, right) => `Join<${left}, ${right}>`, first);
  };
  const isOnly = documents.length === 1;
  const components = isOnly
    ? ["export type components = D0.components;\n"]
    : [
        "export interface components {\n",
        ...kinds.map((kind) => `  ${kind}: ${joined(`components["${kind}"]`)};\n`),
        "}\n",
      ];
  return [
    GENERATED,
    ...imports,
    isOnly ? "\n" : "\ntype Join<A, B> = A & Omit<B, keyof A>;\n\n",
    `export type paths = ${joined("paths")};\n\n`,
    `export type operations = ${joined("operations")};\n\n`,
    ...components,
  ].join("");
}
