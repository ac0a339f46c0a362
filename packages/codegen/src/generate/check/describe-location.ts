import type ts from "typescript";

/**
 * The location in a document that a position in generated code comes from: a pointer (`#/components/schemas/Item`) or
 * the name of an operation. Undefined if the position is outside of such a declaration.
 */
export function describeLocation(compiler: typeof ts, file: ts.SourceFile, position: number): string | undefined {
  const names: string[] = [];
  const alias = file.statements.find((node) => position >= node.pos && position < node.end);
  if (alias !== undefined && compiler.isTypeAliasDeclaration(alias)) {
    const schema = schemaOfAlias(compiler, file, alias.name.text);
    if (schema !== undefined) return `#/components/schemas/${schema}`;
  }
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

/** The schema whose type a generated alias is: `components` refers to it by the schema's name. */
function schemaOfAlias(compiler: typeof ts, file: ts.SourceFile, alias: string): string | undefined {
  const components = file.statements.find(
    (node): node is ts.InterfaceDeclaration => compiler.isInterfaceDeclaration(node) && node.name.text === "components",
  );
  const sections = components?.members.filter(compiler.isPropertySignature) ?? [];
  const types = sections.flatMap(({ type }) =>
    type !== undefined && compiler.isTypeLiteralNode(type) ? type.members.filter(compiler.isPropertySignature) : [],
  );
  const found = types.find(({ type }) => type?.getText(file) === alias)?.name;
  return found === undefined || compiler.isComputedPropertyName(found) ? undefined : found.text;
}
