import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type TypeScript from "typescript";

/** The compiler API of codegen's TypeScript; TypeScript 7 has no API. */
export const typescript: typeof TypeScript = createRequire(
  new URL("../../packages/codegen/package.json", import.meta.url),
)("typescript");

/** Whether a declaration file was generated from a document: specs/<provider>/surface.txt lists its contents. */
export const isGenerated = (file: string): boolean => file.includes("/generated/");

/** Loads the declarations of entry points and their imports; generated files count as empty. */
export function loadDeclarations(entries: readonly string[]): TypeScript.Program {
  const options: TypeScript.CompilerOptions = {
    module: typescript.ModuleKind.NodeNext,
    moduleResolution: typescript.ModuleResolutionKind.NodeNext,
    noLib: true,
    types: [],
  };
  const host = typescript.createCompilerHost(options);
  host.readFile = (file) => (isGenerated(file) ? "export {};" : readFileSync(file, "utf8"));
  const getSourceFile = host.getSourceFile;
  host.getSourceFile = (file, ...rest) =>
    isGenerated(file) ? typescript.createSourceFile(file, "export {};", rest[0]) : getSourceFile(file, ...rest);
  return typescript.createProgram([...entries], options, host);
}
