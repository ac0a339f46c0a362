import ts from "typescript";

/** One call of a client in a source file. */
export interface FoundCall {
  /** Line and column count from 1, as editors do. */
  readonly line: number;
  readonly column: number;
  /** `GET`; or `paginate`, where the source shows only the path. */
  readonly method: string | "paginate";
  readonly path: string;
  /** The argument after the path, if there is one. */
  readonly init: ts.Expression | undefined;
}

/** One import of an operation's constant. */
export interface FoundConstant {
  readonly line: number;
  readonly column: number;
  readonly name: string;
}

const METHODS = new Set(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "paginate"]);

/**
 * Finds the calls in a source file that look like calls of a client: `x.GET("/path", init)`, `x.safe.POST(...)`,
 * `x.paginate("/path")`, and `x.call(Constant, init)` with a constant of an `/operations` module. The file is parsed
 * and not type-checked, so paths in variables are not found, and calls of other clients with the same paths are.
 */
export function findCalls(
  fileName: string,
  text: string,
  findOperation: (constant: string) => { readonly method: string; readonly path: string } | undefined,
): { readonly calls: readonly FoundCall[]; readonly constants: readonly FoundConstant[] } {
  const kind = /x$/.test(fileName) ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.ESNext, true, kind);
  const calls: FoundCall[] = [];
  const constants: FoundConstant[] = [];
  const imported = new Map<string, string>();
  const positionOf = (node: ts.Node) => {
    const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
    return { line: line + 1, column: character + 1 };
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      for (const { name, propertyName } of operationImports(node)) {
        const original = (propertyName ?? name).text;
        imported.set(name.text, original);
        constants.push({ ...positionOf(propertyName ?? name), name: original });
      }
    }
    if (ts.isCallExpression(node)) {
      const call = readCall(node, (name) => findOperation(imported.get(name) ?? ""));
      if (call !== undefined) calls.push({ ...positionOf(node), ...call });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { calls, constants };
}

function operationImports(node: ts.ImportDeclaration): readonly ts.ImportSpecifier[] {
  const bindings = node.importClause?.namedBindings;
  const from = ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : "";
  const isOperations = /\/operations(\.[cm]?[jt]s)?$/.test(from);
  return isOperations && bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : [];
}

function readCall(
  { expression, arguments: args }: ts.CallExpression,
  findOperation: (constant: string) => { readonly method: string; readonly path: string } | undefined,
): Pick<FoundCall, "method" | "path" | "init"> | undefined {
  const [first, init] = args;
  if (!ts.isPropertyAccessExpression(expression) || first === undefined) return undefined;
  const method = expression.name.text;
  if (METHODS.has(method) && ts.isStringLiteralLike(first) && first.text.startsWith("/"))
    return { method, path: first.text, init };
  if (method !== "call" || !ts.isIdentifier(first)) return undefined;
  const operation = findOperation(first.text);
  return operation === undefined ? undefined : { ...operation, init };
}
