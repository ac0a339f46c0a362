import ts from "typescript";

/**
 * Gives each schema a type of its own name, which `components` and all others refer to. An editor then shows `customer` instead of
 * all its properties, and recursive unions compile: a property of an interface that mentions itself in its own type is an error
 * (TS2502, https://github.com/openapi-ts/openapi-typescript/issues/1603), a type alias is resolved when it is needed.
 */
export function nameSchemas(nodes: readonly ts.Node[]): ts.Node[] {
  const names = nameAll(nodes);
  const refer = (node: ts.Node): ts.Node => {
    const name = names.get(schemaOf(node) ?? "");
    if (name !== undefined) return ts.factory.createTypeReferenceNode(name);
    return ts.visitEachChild(node, refer, undefined);
  };
  return nodes.flatMap((node) => {
    if (!isComponents(node)) return [refer(node)];
    const aliases: ts.Node[] = [];
    const members = node.members.map((section) => {
      if (nameOf(section) !== "schemas") return refer(section) as ts.TypeElement;
      const schemas = schemasIn(section).map((property) => {
        const name = names.get(nameOf(property) ?? "") ?? "";
        const type = refer(property.type as ts.TypeNode) as ts.TypeNode;
        aliases.push(ts.factory.createTypeAliasDeclaration([exported], name, undefined, type));
        return withType(property, ts.factory.createTypeReferenceNode(name));
      });
      return withType(section as ts.PropertySignature, ts.factory.createTypeLiteralNode(schemas));
    });
    const { modifiers, name, typeParameters, heritageClauses } = node;
    return [
      ts.factory.updateInterfaceDeclaration(node, modifiers, name, typeParameters, heritageClauses, members),
      ...aliases,
    ];
  });
}

const exported = ts.factory.createModifier(ts.SyntaxKind.ExportKeyword);

function isComponents(node: ts.Node): node is ts.InterfaceDeclaration {
  return ts.isInterfaceDeclaration(node) && node.name.text === "components";
}

function nameOf(member: ts.TypeElement): string | undefined {
  const { name } = member;
  const isText = name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name));
  return isText ? name.text : undefined;
}

function schemasIn(section: ts.TypeElement): ts.PropertySignature[] {
  const type = (section as ts.PropertySignature).type;
  return type !== undefined && ts.isTypeLiteralNode(type) ? type.members.filter(ts.isPropertySignature) : [];
}

/** The schema that a type refers to as `components["schemas"]["customer"]`. */
function schemaOf(node: ts.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return undefined;
  const { objectType: root, indexType: section } = node.objectType;
  const isSchemas =
    ts.isTypeReferenceNode(root) && ts.isIdentifier(root.typeName) && root.typeName.text === "components";
  return isSchemas && textOf(section) === "schemas" ? textOf(node.indexType) : undefined;
}

function textOf(type: ts.TypeNode): string | undefined {
  if (!ts.isLiteralTypeNode(type)) return undefined;
  return ts.isStringLiteral(type.literal) || ts.isNumericLiteral(type.literal) ? type.literal.text : undefined;
}

/** A copy of a property, with its comment, that has another type. */
function withType(property: ts.PropertySignature, type: ts.TypeNode): ts.PropertySignature {
  const { modifiers, name, questionToken } = property;
  return ts.factory.updatePropertySignature(property, modifiers, name, questionToken, type);
}

/** The name of each schema's type: its own, where that is an identifier which no other type of the file has. */
function nameAll(nodes: readonly ts.Node[]): Map<string, string> {
  const taken = new Set(["Blob", "Date", "Omit", "ReadableStream", "Record", "Uint8Array", "WithRequired"]);
  for (const root of ["paths", "webhooks", "components", "operations", "$defs"]) taken.add(root);
  const schemas = nodes
    .filter(isComponents)
    .flatMap(({ members }) => members.filter((one) => nameOf(one) === "schemas"));
  const names = new Map<string, string>();
  for (const property of schemas.flatMap(schemasIn)) {
    const schema = nameOf(property) ?? "";
    let name = schema.replace(/[^A-Za-z0-9_$]/g, "_").replace(/^(?=\d)/, "_");
    while (taken.has(name) || !isIdentifier(name)) name += "_";
    taken.add(name);
    names.set(schema, name);
  }
  return names;
}

/** Whether a text is an identifier: not a keyword, nor the name of a type such as `string`. */
function isIdentifier(text: string): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, true);
  scanner.setText(text);
  return scanner.scan() === ts.SyntaxKind.Identifier && scanner.getTokenEnd() === text.length;
}
