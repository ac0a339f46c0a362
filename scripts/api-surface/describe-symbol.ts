import type TypeScript from "typescript";
import { isGenerated, typescript } from "./load-declarations.ts";

/** Where an exported name leads: to another package, to generated code, or to declarations of this package. */
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

/** What a module exports: first what it hands on, a line each, then its own declarations, a paragraph each. */
export function describeExports(module: TypeScript.Symbol, checker: TypeScript.TypeChecker): string[] {
  const handedOn: string[] = [];
  const own: string[] = [];
  const exports = checker.getExportsOfModule(module).sort((one, other) => order.compare(one.name, other.name));
  for (const symbol of exports) {
    const origin = findOrigin(symbol, checker);
    if (origin.kind === "own") own.push(origin.declarations.map(printDeclaration).join("\n"));
    else handedOn.push(`${symbol.name} ${origin.kind === "package" ? `from ${origin.from}` : "(generated)"}`);
  }
  return [...(handedOn.length === 0 ? [] : [handedOn.join("\n")]), ...own];
}
