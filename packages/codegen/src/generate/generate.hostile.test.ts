import * as fc from "fast-check";
import ts from "typescript";
import { afterEach, expect, test } from "vitest";
import { hostileDocument } from "../../test/hostile-document.js";
import { sampleProfile } from "../../test/sample-input.js";
import { CodegenError } from "../errors/codegen-error.js";
import { type GenerateOutput, generate } from "./generate.js";
import { STRATEGY_NAMES } from "./write/write-strategies.js";

const CANARY = "globalThis.__canary = true";
const FRAGMENTS = [
  "'",
  '"',
  "`",
  "\\",
  `\${${CANARY}}`,
  "*/",
  "/*",
  "//",
  "\n",
  "\r",
  "\r\n",
  "\u2028",
  "\u2029",
  "\u0085",
  "\u0000",
  "\u202E",
  "\uFEFF",
  "\uFDD0",
  "\uD800",
  "\\u0022",
  "\\uFDD0",
  `*/ ${CANARY} /*`,
  `\n${CANARY}\n//`,
  `"]; ${CANARY}; ["`,
  `'; ${CANARY}; '`,
  "}; ",
  "); ",
  "<!--",
  "-->",
  "</script>",
  "#!",
  "%",
  "%zz",
  "%22",
  "#",
  "#/",
  "#/components/schemas/x",
  "~",
  "~1",
  "/",
  "{",
  "}",
  "{x}",
  "$",
  "@deprecated",
  "{@link x}",
  "__proto__",
  "constructor",
  "import",
  "default",
  "1",
  "-1",
  "1e21",
  "NaN",
  "é",
  "客",
  "😀",
  " ",
  "",
];
const hostile = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 6 }).map((parts) => parts.join(""));
const pagination = [
  { kind: "cursor", items: ["data"], from: { lastItem: ["id"] }, into: { in: "query", name: "after" } },
];
const profile = sampleProfile({ pagination });

const run = (json: Record<string, unknown>) =>
  generate({ provider: "acme", profile, documents: [{ name: "api", origin: `"*/\n${CANARY}//`, json }] });

/** The syntax that generated code may contain, apart from types. */
const LITERALS = new Set([
  ts.SyntaxKind.AsExpression,
  ts.SyntaxKind.SatisfiesExpression,
  ts.SyntaxKind.ObjectLiteralExpression,
  ts.SyntaxKind.ArrayLiteralExpression,
  ts.SyntaxKind.PropertyAssignment,
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NumericLiteral,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
]);

function findCode(name: string, text: string): string[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true) as ts.SourceFile & {
    parseDiagnostics: ts.Diagnostic[];
  };
  const problems = source.parseDiagnostics.map(
    (diagnostic) => `${name}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")}`,
  );
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isIdentifier(node) || ts.isComputedPropertyName(node)) return;
    if (!LITERALS.has(node.kind)) problems.push(`${name}: ${ts.SyntaxKind[node.kind]} ${node.getText().slice(0, 80)}`);
    ts.forEachChild(node, visit);
  };
  for (const statement of source.statements) {
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) continue;
    if (ts.isImportDeclaration(statement) && statement.importClause?.isTypeOnly) continue;
    // Our names only, one of which is a function.
    if (name === "by-path.ts" && pathImport.test(statement.getText())) continue;
    // `export {}` makes a file without exports a module.
    if (statement.getText() === "export {};") continue;
    if (ts.isExportDeclaration(statement) && statement.isTypeOnly) continue;
    if (!ts.isVariableStatement(statement)) problems.push(`${name}: ${ts.SyntaxKind[statement.kind]}`);
    else
      for (const { initializer } of statement.declarationList.declarations)
        if (initializer !== undefined) visit(initializer);
  }
  return problems;
}

const pathImport =
  /^import \{ (?:type PathList, )?(?:type PathMethod, )?pathClient \} from "@connectry\/core\/internal";$/;

// The only other file that imports values. It contains our names only, and no text of the document.
const strategies =
  /^\/\/ .*\nimport type \{ Strategies \} from "@connectry\/core";\nimport \{\n((?: {2}\w+,\n)+)\} from "@connectry\/core\/internal";\n\nexport const strategies = \{\n(?: {2}\w+(?:: \w+|: \{(?: [\w"-]+: \w+,?)+ \})?,\n)+\} satisfies Strategies;\n$/;

async function expectNoCode(output: GenerateOutput): Promise<void> {
  const [, imported = ""] = strategies.exec(output.files.get("strategies.ts") ?? "") ?? [];
  expect(STRATEGY_NAMES).toEqual(expect.arrayContaining(imported.match(/\w+/g) ?? ["no list of strategies"]));
  for (const [name, text] of output.files) {
    if (name === "strategies.ts") continue;
    expect(findCode(name, text)).toEqual([]);
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    new Function("exports", "require", outputText)({}, () => ({}));
    expect(globalThis).not.toHaveProperty("__canary");
  }
  for (const line of output.surface.split("\n"))
    expect(line).toMatch(/^(|[A-Z]+ \/.* {2}\w+ {2}[0-9a-f]{8}|(schema|response|reference) .* {2}[0-9a-f]{8})$/);
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, "__canary");
});

test("R48: hostile text in every part of a document stays text", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 12 }), async (texts) => {
      // The label makes the names unique. It comes before, after or between the hostile text.
      const text = (label: string) => {
        const one = texts[label.length % texts.length] ?? "";
        return label.length % 3 === 0
          ? `${one}${label}`
          : label.length % 3 === 1
            ? `${label}${one}`
            : `${one}${label}${one}`;
      };
      const output = await run(hostileDocument(text));
      expect(output.operations).toBe(3);
      await expectNoCode(output);
    }),
    { numRuns: 60 },
  );
});

test("R48: hostile text in place of any text of a document stays text, or is rejected with a CodegenError", async () => {
  const plain = hostileDocument((label) => label);
  const places = countTexts(plain);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(places - 1), hostile), { minLength: 1, maxLength: 8 }),
      async (changes) => {
        const json = replaceTexts(plain, new Map(changes));
        const output = await run(json).catch((error: unknown) => error);
        // The message is about the document, and not about a bug of the generator.
        if (output instanceof CodegenError)
          expect(output.message).not.toMatch(/bug in Connectry|Types cannot be generated from document/);
        else if (output instanceof Error) throw output;
        else await expectNoCode(output as GenerateOutput);
      },
    ),
    { numRuns: 120 },
  );
});

/** The number of texts in a value, including keys. */
function countTexts(value: unknown): number {
  if (typeof value === "string") return 1;
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, one]) => sum + (Array.isArray(value) ? 0 : countTexts(key)) + countTexts(one),
    0,
  );
}

/** A copy in which the texts with some indices are replaced, in the order in which `countTexts` counts them. */
function replaceTexts(value: Record<string, unknown>, changes: ReadonlyMap<number, string>): Record<string, unknown> {
  let place = 0;
  const replace = (one: unknown): unknown => {
    if (typeof one === "string") return changes.get(place++) ?? one;
    if (Array.isArray(one)) return one.map(replace);
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, member]) => [replace(key), replace(member)]));
  };
  return replace(value) as Record<string, unknown>;
}
