import ts from "typescript";
import { CodegenError } from "../codegen-error.js";

/**
 * The last gate between a document and a program: a generated file must parse, and hold only imports of types,
 * declarations of types, and constants that are literals.
 * @throws CodegenError that names the file and the line of anything else.
 */
export function verifyOutput(fileName: string, text: string): void {
  const options = { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  const source = ts.createSourceFile(fileName, text, options, false, ts.ScriptKind.TS);
  // Not in the public type, and the only way to syntax errors without a program.
  const { parseDiagnostics } = source as ts.SourceFile & {
    readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[];
  };
  const [problem] = parseDiagnostics;
  if (problem !== undefined) refuse(source, problem.start, ts.flattenDiagnosticMessageText(problem.messageText, " "));
  for (const statement of source.statements) {
    if (!isHarmless(statement)) refuse(source, statement.getStart(source), "this is neither a type nor a literal");
  }
}

function refuse(source: ts.SourceFile, position: number, reason: string): never {
  const { line } = source.getLineAndCharacterOfPosition(position);
  throw new CodegenError(
    `The document cannot be written as TypeScript: ${source.fileName}, line ${line + 1}: ${reason}. This is a fault of Connectry: please report it with the document.`,
  );
}

function isHarmless(statement: ts.Statement): boolean {
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return true;
  if (ts.isImportDeclaration(statement)) return statement.importClause?.isTypeOnly === true;
  if (ts.isExportDeclaration(statement)) return statement.moduleSpecifier === undefined;
  if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const)) return false;
  return statement.declarationList.declarations.every(
    ({ name, initializer }) => ts.isIdentifier(name) && initializer !== undefined && isLiteral(initializer),
  );
}

function isLiteral(node: ts.Expression): boolean {
  if (ts.isAsExpression(node)) return ts.isConstTypeReference(node.type) && isLiteral(node.expression);
  if (ts.isSatisfiesExpression(node)) return isLiteral(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isLiteral);
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every(
      (property) => ts.isPropertyAssignment(property) && isPlainName(property.name) && isLiteral(property.initializer),
    );
  }
  if (ts.isPrefixUnaryExpression(node))
    return node.operator === ts.SyntaxKind.MinusToken && ts.isNumericLiteral(node.operand);
  return (
    ts.isStringLiteral(node) ||
    ts.isNumericLiteral(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword
  );
}

function isPlainName(name: ts.PropertyName): boolean {
  return ts.isComputedPropertyName(name) ? ts.isStringLiteral(name.expression) : !ts.isPrivateIdentifier(name);
}
