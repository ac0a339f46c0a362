import ts from "typescript";
import { CodegenError } from "../errors/codegen-error.js";

/**
 * The last check that no text of a document becomes code. A generated file must parse, and may contain only imports and
 * exports of types, imports from `@connectry/core` and its entries `internal` and `oauth`, declarations of types, and constants built from literals and imported names.
 * @throws CodegenError that names the file and the line of anything else.
 */
export function verifyOutput(fileName: string, text: string): void {
  const options = { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  const source = ts.createSourceFile(fileName, text, options, false, ts.ScriptKind.TS);
  // Not part of the public type, but the only access to syntax errors without a program.
  const { parseDiagnostics } = source as ts.SourceFile & {
    readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[];
  };
  const [problem] = parseDiagnostics;
  if (problem !== undefined) reject(source, problem.start, ts.flattenDiagnosticMessageText(problem.messageText, " "));
  const imported = new Set(source.statements.flatMap(importedNames));
  for (const statement of source.statements) {
    if (!isAllowed(statement, imported))
      reject(source, statement.getStart(source), "this is neither a type nor a literal");
  }
}

function reject(source: ts.SourceFile, position: number, reason: string): never {
  const { line } = source.getLineAndCharacterOfPosition(position);
  throw new CodegenError(
    `The document cannot be written as TypeScript: ${source.fileName}, line ${line + 1}: ${reason}. This is a bug in Connectry: please report it with the document.`,
  );
}

/** The names that a statement imports from core; empty for any other statement. */
function importedNames(statement: ts.Statement): string[] {
  if (!ts.isImportDeclaration(statement)) return [];
  const { importClause, moduleSpecifier } = statement;
  const isCore =
    ts.isStringLiteral(moduleSpecifier) && /^@connectry\/core(\/(internal|oauth))?$/.test(moduleSpecifier.text);
  const names = importClause?.namedBindings;
  if (!isCore || importClause?.name !== undefined || names === undefined || !ts.isNamedImports(names)) return [];
  return names.elements.map(({ name }) => name.text);
}

function isAllowed(statement: ts.Statement, imported: ReadonlySet<string>): boolean {
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return true;
  if (ts.isImportDeclaration(statement))
    return statement.importClause?.isTypeOnly === true || importedNames(statement).length > 0;
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly || statement.moduleSpecifier === undefined;
  if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const)) return false;
  return statement.declarationList.declarations.every(
    ({ name, initializer }) => ts.isIdentifier(name) && initializer !== undefined && isLiteral(initializer, imported),
  );
}

function isLiteral(node: ts.Expression, imported: ReadonlySet<string>): boolean {
  const isNested = (inner: ts.Expression) => isLiteral(inner, imported);
  if (ts.isIdentifier(node)) return imported.has(node.text);
  if (ts.isAsExpression(node)) return ts.isConstTypeReference(node.type) && isNested(node.expression);
  if (ts.isSatisfiesExpression(node)) return isNested(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isNested);
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every(
      (property) =>
        (ts.isShorthandPropertyAssignment(property) && imported.has(property.name.text)) ||
        (ts.isPropertyAssignment(property) && isPlainName(property.name) && isNested(property.initializer)),
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
