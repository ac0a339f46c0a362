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

/** One import of a constant of an operation, or of a type. */
export interface FoundName {
  readonly line: number;
  readonly column: number;
  readonly name: string;
}

/** What a source file uses of a client. */
export interface FoundNames {
  readonly calls: readonly FoundCall[];
  /** Constants of an `/operations` module. */
  readonly constants: readonly FoundName[];
  /** Types of a `/types` module. */
  readonly types: readonly FoundName[];
}

const METHODS = new Set(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "paginate"]);

/**
 * Finds the calls in a source file that look like calls of a client: `x.GET("/path", init)`, `x.safe.POST(...)`,
 * `x.paginate("/path")`, and `x.call(Constant, init)` with a constant of an `/operations` module; and the constants and types that it
 * imports by name or with `import * as`. The file is parsed
 * and not type-checked, so paths in variables are not found, and calls of other clients with the same paths are.
 */
export function findCalls(
  fileName: string,
  text: string,
  findOperation: (constant: string) => { readonly method: string; readonly path: string } | undefined,
): FoundNames {
  const kind = /x$/.test(fileName) ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.ESNext, true, kind);
  const calls: FoundCall[] = [];
  const found = { operations: [] as FoundName[], types: [] as FoundName[] };
  const imported = new Map<string, string>();
  const namespaces = new Map<string, FoundName[]>();
  const positionOf = (node: ts.Node) => {
    const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
    return { line: line + 1, column: character + 1 };
  };
  const readImport = (node: ts.ImportDeclaration) => {
    const entry = importedEntry(node);
    const bindings = node.importClause?.namedBindings;
    if (entry === undefined || bindings === undefined) return;
    if (ts.isNamespaceImport(bindings)) return void namespaces.set(bindings.name.text, found[entry]);
    for (const { name, propertyName } of bindings.elements) {
      const original = (propertyName ?? name).text;
      if (entry === "operations") imported.set(name.text, original);
      found[entry].push({ ...positionOf(propertyName ?? name), name: original });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) readImport(node);
    // `operations.CreatePet` and `types.Pet` of `import * as`.
    const [owner, member] = ts.isPropertyAccessExpression(node)
      ? [node.expression, node.name]
      : ts.isQualifiedName(node)
        ? [node.left, node.right]
        : [];
    if (owner !== undefined && member !== undefined && ts.isIdentifier(owner))
      namespaces.get(owner.text)?.push({ ...positionOf(member), name: member.text });
    if (ts.isCallExpression(node)) {
      const call = readCall(node, (constant) => findOperation(constantName(constant) ?? ""));
      if (call !== undefined) calls.push({ ...positionOf(node), ...call });
    }
    ts.forEachChild(node, visit);
  };
  const constantName = (expression: ts.Expression) => {
    if (ts.isIdentifier(expression)) return imported.get(expression.text);
    const isMember = ts.isPropertyAccessExpression(expression) && ts.isIdentifier(expression.expression);
    return isMember && namespaces.get((expression.expression as ts.Identifier).text) === found.operations
      ? expression.name.text
      : undefined;
  };
  visit(source);
  return { calls, constants: found.operations, types: found.types };
}

/** Whether a module has the constants or the types of a connector. */
function importedEntry(node: ts.ImportDeclaration): "operations" | "types" | undefined {
  const from = ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : "";
  return /\/(operations|types)(\.[cm]?[jt]s)?$/.exec(from)?.[1] as "operations" | "types" | undefined;
}

function readCall(
  { expression, arguments: args }: ts.CallExpression,
  findOperation: (constant: ts.Expression) => { readonly method: string; readonly path: string } | undefined,
): Pick<FoundCall, "method" | "path" | "init"> | undefined {
  const [first, init] = args;
  if (!ts.isPropertyAccessExpression(expression) || first === undefined) return undefined;
  const method = expression.name.text;
  if (METHODS.has(method) && ts.isStringLiteralLike(first) && first.text.startsWith("/"))
    return { method, path: first.text, init };
  const operation = method === "call" ? findOperation(first) : undefined;
  return operation === undefined ? undefined : { ...operation, init };
}
