import type TypeScript from "typescript";
import { findOrigin, printDeclaration } from "./describe-symbol.ts";
import { typescript } from "./load-declarations.ts";

/**
 * What the exports of a package mention and it does not export: no one can name it, and still a change of it changes
 * what they can do. As paragraphs.
 */
export function findReachable(modules: readonly TypeScript.Symbol[], checker: TypeScript.TypeChecker): string[] {
  const seen = new Set<TypeScript.Declaration>();
  const queue: TypeScript.Declaration[] = [];
  const reach = (symbol: TypeScript.Symbol | undefined) => {
    const origin = symbol === undefined ? undefined : findOrigin(symbol, checker);
    if (origin?.kind !== "own") return;
    for (const declaration of origin.declarations) {
      const statement = typescript.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
      // Members and type parameters are printed with what holds them.
      if (seen.has(declaration) || !typescript.isSourceFile(statement.parent)) continue;
      if (statement.getSourceFile().fileName.includes("/node_modules/")) continue;
      seen.add(declaration);
      queue.push(declaration);
    }
  };
  for (const module of modules) for (const symbol of checker.getExportsOfModule(module)) reach(symbol);
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
