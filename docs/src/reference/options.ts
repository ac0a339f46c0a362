// The page of all options, read from the built declarations of core by TypeScript: names, types, defaults and what their comments say.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { root } from "../repository.ts";
import { slug } from "../slug.ts";

interface Option {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly text: string;
  readonly standard: string | undefined;
  /** The interface that declares it, which another one may extend. */
  readonly origin: string | undefined;
}

interface OptionType {
  readonly name: string;
  readonly entry: string;
  readonly text: string;
  readonly options: readonly Option[];
}

/** The entries of a package: the name to import, and its declarations. */
function entriesOf(folder: string): [name: string, file: string][] {
  const { name, exports = {} } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  return Object.entries<{ types?: string } | string>(exports).flatMap(([key, value]) =>
    typeof value === "object" && value.types && !/internal$|\*/.test(key)
      ? [[key === "." ? name : `${name}${key.slice(1)}`, join(root, folder, value.types)]]
      : [],
  );
}

/** The packages that have options: all but connectors, whose options are those of core. */
const packages = globSync("packages/*/package.json", { cwd: root }).map((file) => file.replace("/package.json", ""));

/** Every exported type of options, each at the first entry that exports it. */
export function readOptions(): OptionType[] {
  const entries = packages.sort().flatMap(entriesOf);
  const program = ts.createProgram(
    entries.map(([, file]) => file),
    {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      skipLibCheck: true,
      strict: true,
      noLib: false,
      types: [],
    },
  );
  const checker = program.getTypeChecker();
  const found = new Map<ts.Symbol, OptionType>();
  for (const [entry, file] of entries) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${entry} has no declarations at ${file}: build it first`);
    for (const exported of checker.getExportsOfModule(module)) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      if (!/(Options|Limits)$/.test(exported.name) || found.has(symbol)) continue;
      if (!(symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias))) continue;
      found.set(symbol, describe(checker, symbol, { name: exported.name, entry }));
    }
  }
  return [...found.values()].filter(({ options }) => options.length > 0);
}

function describe(checker: ts.TypeChecker, symbol: ts.Symbol, place: Pick<OptionType, "name" | "entry">): OptionType {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const options = checker
    .getDeclaredTypeOfSymbol(symbol)
    .getProperties()
    .flatMap((property) => {
      const declaration = property.declarations?.[0];
      // Members that the platform declares, such as those of arrays, are left out.
      if (declaration === undefined || !declaration.getSourceFile().fileName.includes("/packages/")) return [];
      const tag = property.getJsDocTags(checker).find(({ name }) => name === "default");
      const type = ts.isPropertySignature(declaration) && declaration.type ? declaration.type.getText() : "function";
      return [
        {
          name: property.name,
          type: type
            .replace(/\s*\|\s*undefined$/, "")
            .replace(/\/\*\*[\s\S]*?\*\//g, "")
            .replace(/\s+/g, " "),
          isOptional: Boolean(property.flags & ts.SymbolFlags.Optional),
          text: ts.displayPartsToString(property.getDocumentationComment(checker)),
          standard: tag && ts.displayPartsToString(tag.text),
          origin: ts.isInterfaceDeclaration(declaration.parent) ? declaration.parent.name.text : undefined,
        },
      ];
    });
  return { ...place, text, options };
}

const cell = (text: string) =>
  text
    .replace(/\|/g, "\\|")
    .replace(/\s*\n\s*/g, " ")
    .replace(/</g, "&lt;");
const code = (text: string) => `\`${text.replace(/\|/g, "\\|")}\``;

const row = (option: Option) =>
  `| ${code(option.name)} | ${code(option.type)} | ${cell(option.standard ?? (option.isOptional ? "none" : "required"))} | ${cell(option.text)} |`;

/** The Markdown of the page. What a type has from another one of the page is described there alone. */
export function optionsPage(types: readonly OptionType[]): string {
  const declared = new Map(
    types.map(({ name, options }) => [name, options.filter(({ origin = name }) => origin === name).map(row)]),
  );
  const parts = types.map(({ name, entry, text, options }) => {
    const groups = Map.groupBy(options, (option) => {
      const { origin = name } = option;
      return declared.get(origin)?.includes(row(option)) ? origin : name;
    });
    const own = groups.get(name) ?? [];
    groups.delete(name);
    const others = [...groups].map(
      ([origin, some]) =>
        `${some.length === declared.get(origin)?.length ? "all" : some.map((option) => code(option.name)).join(", ")} of [${origin}](#${slug(origin)})`,
    );
    const paragraphs = [
      `## ${name}`,
      `Of \`${entry}\`. ${text}`,
      ...(own.length === 0 ? [] : [["| option | type | default | |", "|---|---|---|---|", ...own.map(row)].join("\n")]),
      ...(others.length === 0 ? [] : [`${own.length === 0 ? "It has" : "Also"} ${others.join("; ")}.`]),
    ];
    return paragraphs.join("\n\n");
  });
  return `# All options\n\nEvery type of options that the packages export, read from their declarations. Unknown options of a client throw a \`ConfigurationError\` that suggests the right name.\n\n${parts.join("\n\n")}\n`;
}
