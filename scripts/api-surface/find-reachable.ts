import type TypeScript from "typescript";
import { exportsOf, findOrigin, printDeclaration } from "./describe-symbol.ts";
import { typescript } from "./load-declarations.ts";

/**
 * Lists declarations that the exports of a package mention and that it does not export, as paragraphs. Users cannot name them, but a
 * change of them affects users.
 */
export function findReachable(modules: readonly TypeScript.Symbol[], checker: TypeScript.TypeChecker): string[] {
  const seen = new Set<TypeScript.Declaration>();
  const queue: TypeScript.Declaration[] = [];
  const reach = (symbol: TypeScript.Symbol | undefined) => {
    const origin = symbol === undefined ? undefined : findOrigin(symbol, checker);
    if (origin?.kind !== "own") return;
    for (const declaration of origin.declarations) {
      const statement = typescript.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
      // Members and type parameters are printed as part of their declaration.
      if (seen.has(declaration) || !typescript.isSourceFile(statement.parent)) continue;
      if (statement.getSourceFile().fileName.includes("/node_modules/")) continue;
      seen.add(declaration);
      queue.push(declaration);
    }
  };
  for (const module of modules)
    for (const { symbol, from } of exportsOf(module, checker)) if (from === undefined) reach(symbol);
  const exported = new Set(queue);

  for (let declaration = queue.shift(); declaration !== undefined; declaration = queue.shift()) {
    const visit = (node: TypeScript.Node): void => {
      if (typescript.isIdentifier(node)) reach(checker.getSymbolAtLocation(node));
      typescript.forEachChild(node, visit);
    };
    visit(declaration);
  }
  return [...seen]
    .filter((declaration) => !exported.has(declaration))
    .map(printDeclaration)
    .sort();
}
