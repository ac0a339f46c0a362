import type TypeScript from "typescript";
import { isGenerated, typescript } from "./load-declarations.ts";

/** The origin of an exported name: another package, generated code, or declarations of this package. */
export type Origin =
  | { readonly kind: "package"; readonly from: string }
  | { readonly kind: "generated" }
  | { readonly kind: "own"; readonly declarations: readonly TypeScript.Declaration[] };

function moduleNamed(declaration: TypeScript.Node | undefined): string | undefined {
  for (let node = declaration; node !== undefined; node = node.parent) {
    if (!typescript.isExportDeclaration(node) && !typescript.isImportDeclaration(node)) continue;
    const specifier = node.moduleSpecifier;
    return specifier !== undefined && typescript.isStringLiteral(specifier) ? specifier.text : undefined;
  }
  return undefined;
}

/** Follows a name through imports and re-exports. */
export function findOrigin(symbol: TypeScript.Symbol, checker: TypeScript.TypeChecker): Origin {
  let current: TypeScript.Symbol | undefined = symbol;
  while (current !== undefined && (current.flags & typescript.SymbolFlags.Alias) !== 0) {
    const from = moduleNamed(current.declarations?.[0]);
    if (from !== undefined && !from.startsWith(".")) return { kind: "package", from };
    if (from !== undefined && isGenerated(from)) return { kind: "generated" };
    current = checker.getImmediateAliasedSymbol(current);
  }
  const declarations = current?.declarations ?? [];
  const [first] = declarations;
  if (first === undefined || isGenerated(first.getSourceFile().fileName)) return { kind: "generated" };
  return { kind: "own", declarations };
}

const printer = typescript.createPrinter({ removeComments: true });
const order = new Intl.Collator("en");

/** One declaration as its users see it: without comments, private members and `export declare`. */
export function printDeclaration(declaration: TypeScript.Declaration): string {
  const file = declaration.getSourceFile();
  const statement = typescript.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return printer
    .printNode(typescript.EmitHint.Unspecified, statement, file)
    .replace(/^(export )?(declare )?/, "")
    .split("\n")
    .filter((line) => !/^\s+(#private;|private )/.test(line))
    .map((line) => line.replace(/^ +/, (indent) => " ".repeat(indent.length / 2)))
    .join("\n")
    .replaceAll(/\[\s+("[^"\n]*"(?:,\s+"[^"\n]*")*)\s+\]/g, (_, list: string) => `[${list.replaceAll(/\s+/g, " ")}]`);
}

/** A symbol that a module exports. */
export interface Exported {
  readonly symbol: TypeScript.Symbol;
  /** The other package from which the module re-exports it by `export *`. */
  readonly from?: string;
}

/** The exports of a module, in alphabetical order. */
export function exportsOf(module: TypeScript.Symbol, checker: TypeScript.TypeChecker): readonly Exported[] {
  const stars = module.exports?.get(typescript.InternalSymbolName.ExportStar)?.declarations ?? [];
  const origins = new Map<string, string>();
  for (const star of stars) {
    const from = moduleNamed(star);
    if (from === undefined || from.startsWith(".") || !typescript.isExportDeclaration(star)) continue;
    const target = star.moduleSpecifier && checker.getSymbolAtLocation(star.moduleSpecifier);
    for (const { name } of target ? checker.getExportsOfModule(target) : []) origins.set(name, from);
  }
  return checker
    .getExportsOfModule(module)
    .sort((one, other) => order.compare(one.name, other.name))
    .map((symbol) => {
      const from = module.exports?.has(symbol.escapedName) ? undefined : origins.get(symbol.name);
      return from === undefined ? { symbol } : { symbol, from };
    });
}

/** The exports of a module: first its re-exports, a line each, then its own declarations, a paragraph each. */
export function describeExports(module: TypeScript.Symbol, checker: TypeScript.TypeChecker): string[] {
  const reexports: string[] = [];
  const own: string[] = [];
  for (const { symbol, from } of exportsOf(module, checker)) {
    const origin: Origin = from === undefined ? findOrigin(symbol, checker) : { kind: "package", from };
    if (origin.kind === "own") own.push(origin.declarations.map(printDeclaration).join("\n"));
    else reexports.push(`${symbol.name} ${origin.kind === "package" ? `from ${origin.from}` : "(generated)"}`);
  }
  return [...(reexports.length === 0 ? [] : [reexports.join("\n")]), ...own];
}
