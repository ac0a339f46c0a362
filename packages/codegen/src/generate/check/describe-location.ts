import type ts from "typescript";

/**
 * The location in a document that a position in generated code comes from: a pointer (`#/components/schemas/Item`) or
 * the name of an operation. Undefined if the position is outside of such a declaration.
 */
export function describeLocation(compiler: typeof ts, file: ts.SourceFile, position: number): string | undefined {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (position < node.pos || position >= node.end) return;
    const isNamed = compiler.isInterfaceDeclaration(node) || compiler.isPropertySignature(node);
    if (isNamed && !compiler.isComputedPropertyName(node.name)) names.push(node.name.text);
    compiler.forEachChild(node, visit);
  };
  compiler.forEachChild(file, visit);
  const [root, section, name] = names;
  if (root === "components" && section !== undefined && name !== undefined) return `#/components/${section}/${name}`;
  if (root === "operations" && section !== undefined) return `operation ${section}`;
  return root !== undefined && section !== undefined ? `${root}, ${section}` : root;
}
