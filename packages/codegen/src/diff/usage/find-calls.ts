import ts from "typescript";

/** One call of a client in somebody's source. */
export interface FoundCall {
  /** From 1, as editors count. */
  readonly line: number;
  readonly column: number;
  /** `GET`, or what is only known by its path: `paginate`. */
  readonly method: string | "paginate";
  readonly path: string;
  /** What is given beside the path; undefined where nothing is. */
  readonly init: ts.Expression | undefined;
}

/** An import of an operation's constant. */
export interface FoundConstant {
  readonly line: number;
  readonly column: number;
  readonly name: string;
}

const METHODS = new Set(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "paginate"]);

/**
 * The calls in a source that look like a client's: `x.GET("/path", init)`, `x.safe.POST(...)`, `x.paginate("/path")`, and
 * `x.call(Constant, init)` with a constant of an `/operations` module. It only parses: what a path in a variable holds, or
 * whose client it is, no syntax tells.
 */
export function findCalls(
  fileName: string,
  text: string,
  pathOfConstant: (name: string) => { readonly method: string; readonly path: string } | undefined,
): { readonly calls: readonly FoundCall[]; readonly constants: readonly FoundConstant[] } {
  const kind = /x$/.test(fileName) ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.ESNext, true, kind);
  const calls: FoundCall[] = [];
  const constants: FoundConstant[] = [];
  const imported = new Map<string, string>();
  const at = (node: ts.Node) => {
    const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
    return { line: line + 1, column: character + 1 };
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      for (const { name, propertyName } of operationImports(node)) {
        const original = (propertyName ?? name).text;
        imported.set(name.text, original);
        constants.push({ ...at(propertyName ?? name), name: original });
      }
    }
    if (ts.isCallExpression(node)) {
      const call = readCall(node, (name) => pathOfConstant(imported.get(name) ?? ""));
      if (call !== undefined) calls.push({ ...at(node), ...call });
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
  constantOf: (name: string) => { readonly method: string; readonly path: string } | undefined,
): Pick<FoundCall, "method" | "path" | "init"> | undefined {
  const [first, init] = args;
  if (!ts.isPropertyAccessExpression(expression) || first === undefined) return undefined;
  const method = expression.name.text;
  if (METHODS.has(method) && ts.isStringLiteralLike(first) && first.text.startsWith("/"))
    return { method, path: first.text, init };
  if (method !== "call" || !ts.isIdentifier(first)) return undefined;
  const operation = constantOf(first.text);
  return operation === undefined ? undefined : { ...operation, init };
}
