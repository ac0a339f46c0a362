import fc from "fast-check";
import ts from "typescript";
import { expect, test } from "vitest";
import { hostileDocument } from "../../test/hostile-document.js";
import { type GenerateInput, generate } from "../generate/generate.js";
import { verifyOutput } from "../generate/verify-output.js";
import { addConnector } from "./add-connector.js";
import type { ConnectorLocation } from "./connector-location.js";

const FRAGMENTS = [
  "*/",
  "/*",
  "//",
  '"',
  "'",
  "`",
  "$\u007b",
  "}",
  "\n",
  "\r",
  "\u2028",
  "\\",
  "<!--",
  "](x)",
  "```\n",
  "globalThis.__canary = 1;",
  "__proto__",
  "key",
];
const hostile = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 5 }).map((parts) => parts.join(""));
const location: ConnectorLocation = {
  kind: "folder",
  root: "/project",
  folder: "/project/src/acme",
  source: "/project/src/acme",
  specs: "/project/specs/acme",
  runner: "node:test",
  importName: "./src/acme/index.js",
};

/** A document in which all strings are hostile, also the names of parameters, headers and schemes. */
function documentOf(text: (label: string) => string): Record<string, unknown> {
  const json = hostileDocument(text);
  const schema = {
    type: "object",
    properties: { [text("items")]: { type: "array", items: {} }, [text("next")]: { type: "string" } },
  };
  const headers = Object.fromEntries(
    ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-Request-Id"].map((name) => [
      name + text("header"),
      {},
    ]),
  );
  const get = {
    operationId: text("own"),
    parameters: [
      { name: text("cursor"), in: "query", required: true, schema: { enum: [text("choice")] } },
      { name: `Idempotency-Key${text("key")}`, in: "header", schema: { type: "string" } },
    ],
    responses: { 200: { description: text("d"), headers, content: { "application/json": { schema } } } },
  };
  const securitySchemes = {
    [text("scheme")]: { type: "apiKey", in: "header", name: text("X-Key"), description: text("says") },
    [text("other scheme")]: { type: "apiKey", in: "query", name: text("key") },
  };
  const components = json.components as Record<string, unknown>;
  return {
    ...json,
    info: { title: text("title"), version: text("version") },
    servers: [{ url: `https://${text("host")}/` }, { url: `/${text("path")}` }],
    paths: { ...(json.paths as object), "/own": { get } },
    components: { ...components, securitySchemes },
    security: [{ [text("scheme")]: [], [text("other scheme")]: [] }],
  };
}

/** The messages of the syntax errors in a TypeScript program. */
function syntaxErrors(name: string, text: string): string[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true) as ts.SourceFile & {
    parseDiagnostics: ts.Diagnostic[];
  };
  return source.parseDiagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

/** The expressions of a program that contain the canary. */
function canaries(text: string): string[] {
  const source = ts.createSourceFile("x.ts", text, ts.ScriptTarget.ESNext, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === "__canary") found.push(node.parent.getText());
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test("R48: hostile strings anywhere in a document remain strings in each file of a new connector", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 12 }), async (texts) => {
      const text = (label: string) => `${label}${texts[label.length % texts.length]}`;
      const { files } = await addConnector({
        id: "acme",
        document: { name: "acme", origin: text("origin"), json: documentOf(text) },
        pin: { source: text("openapi.json"), sha256: "0".repeat(64) },
        location,
        generate: (input: GenerateInput) => generate(input),
        ask: undefined,
      });
      const read = (name: string) => files.get(`/project/src/acme/${name}`) ?? "";
      verifyOutput("profile.ts", read("profile.ts"));
      const snippets = [...read("README.md").matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? "");
      expect(snippets).toHaveLength(2);
      for (const code of [read("index.ts"), read("contract.test.ts"), ...snippets]) {
        expect(syntaxErrors("x.ts", code)).toEqual([]);
        expect(canaries(code)).toEqual([]);
      }
    }),
    { numRuns: 40 },
  );
});
