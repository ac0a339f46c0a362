import * as fc from "fast-check";
import ts from "typescript";
import { afterEach, expect, test } from "vitest";
import { CodegenError } from "../codegen-error.js";
import { type GenerateOutput, generate } from "./generate.js";
import { hostileDocument } from "./testing/hostile-document.js";
import { sampleProfile } from "./testing/sample-input.js";
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

/** Everything that can stand in generated code, besides what is below a type. */
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
    // `export {}` marks a module that exports nothing.
    if (statement.getText() === "export {};") continue;
    if (!ts.isVariableStatement(statement)) problems.push(`${name}: ${ts.SyntaxKind[statement.kind]}`);
    else
      for (const { initializer } of statement.declarationList.declarations)
        if (initializer !== undefined) visit(initializer);
  }
  return problems;
}

// The only file that imports values: words of ours, and nothing of the document.
const strategies =
  /^\/\/ .*\nimport \{\n((?: {2}\w+,\n)+) {2}type Strategies,\n\} from "@connectry\/core";\n\nexport const strategies = \{\n(?: {2}\w+(?:: \w+|: \{(?: [\w"-]+: \w+,?)+ \})?,\n)+\} satisfies Strategies;\n$/;

async function expectHarmless(output: GenerateOutput): Promise<void> {
  const [, imported = ""] = strategies.exec(output.files.get("strategies.ts") ?? "") ?? [];
  expect(STRATEGY_NAMES).toEqual(expect.arrayContaining(imported.match(/\w+/g) ?? ["no list of strategies"]));
  for (const [name, text] of output.files) {
    if (name === "strategies.ts") continue;
    expect(findCode(name, text)).toEqual([]);
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    new Function("exports", outputText)({});
    expect(globalThis).not.toHaveProperty("__canary");
  }
  for (const line of output.surface.split("\n"))
    expect(line).toMatch(/^(|[A-Z]+ \/.* {2}\w+ {2}[0-9a-f]{8}|(schema|response|reference) .* {2}[0-9a-f]{8})$/);
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, "__canary");
});

test("R48: hostile text in every place of a document stays text", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 12 }), async (texts) => {
      // The label keeps the names apart; it stands before, behind and around what is hostile.
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
      await expectHarmless(output);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test("R48: hostile text in place of anything at all is text, or a sentence", async () => {
  const plain = hostileDocument((label) => label);
  const places = countTexts(plain);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(places - 1), hostile), { minLength: 1, maxLength: 8 }),
      async (changes) => {
        const json = replaceTexts(plain, new Map(changes));
        const output = await run(json).catch((error: unknown) => error);
        // A sentence about the document, and not about what went wrong in here.
        if (output instanceof CodegenError)
          expect(output.message).not.toMatch(/fault of Connectry|No types can be made/);
        else if (output instanceof Error) throw output;
        else await expectHarmless(output as GenerateOutput);
      },
    ),
    { numRuns: 120 },
  );
}, 60_000);

/** How many texts a value holds, keys among them. */
function countTexts(value: unknown): number {
  if (typeof value === "string") return 1;
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, one]) => sum + (Array.isArray(value) ? 0 : countTexts(key)) + countTexts(one),
    0,
  );
}

/** A copy with the texts at some of the places replaced, in the order in which `countTexts` counts them. */
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
