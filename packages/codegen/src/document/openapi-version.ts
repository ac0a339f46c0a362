import { CodegenError } from "../errors/codegen-error.js";
import { showDocumentText } from "../text/show-document-text.js";

/** A format other than OpenAPI 3.0 and 3.1: its name, and what the user can do. */
interface OtherFormat {
  readonly is: string;
  readonly advice: string;
}

const graphql: OtherFormat = {
  is: "a GraphQL schema",
  advice: "Types are generated from OpenAPI 3.0 and 3.1; for GraphQL, gql.tada types your queries from the schema.",
};

const swagger: OtherFormat = {
  is: "Swagger 2.0, the format before OpenAPI 3",
  advice: "Convert it first (npx swagger2openapi DOCUMENT -o openapi.json) and use the result as a file source.",
};

const newer: OtherFormat = { is: "newer than OpenAPI 3.1", advice: "OpenAPI 3.0 and 3.1 are supported." };

const elsewhere = "Look for the provider's OpenAPI 3.0 or 3.1 document.";

/** Formats that are recognized by their text, because a parser's message about them would be misleading. */
const byText: readonly (OtherFormat & { readonly pattern: RegExp })[] = [
  {
    pattern: /^\s*<(?:!doctype html|html)/i,
    is: "an HTML page",
    advice: "The URL may show the document in a page instead of serving it.",
  },
  { pattern: /^\s*<(?:\?xml|\w)/i, is: "XML", advice: elsewhere },
  { pattern: /^#%RAML/, is: "RAML", advice: elsewhere },
];

/** Formats that are recognized by a top-level field. */
const byField: readonly (OtherFormat & { readonly matches: (document: Record<string, unknown>) => boolean })[] = [
  { matches: (d) => d.swagger !== undefined, ...swagger },
  { matches: (d) => "__schema" in d || ("data" in d && isObject(d.data) && "__schema" in d.data), ...graphql },
  { matches: (d) => d.asyncapi !== undefined, is: "AsyncAPI, which describes messages", advice: elsewhere },
  {
    matches: (d) => d.overlay !== undefined,
    is: "an OpenAPI Overlay",
    advice: "Name it as the document's `overlay`, and the document itself as its `source`.",
  },
  { matches: (d) => d.arazzo !== undefined, is: "an Arazzo workflow", advice: elsewhere },
  {
    matches: (d) => d.kind === "discovery#restDescription",
    is: "a Google API discovery document",
    advice: elsewhere,
  },
  {
    matches: (d) => isObject(d.info) && ("_postman_id" in d.info || String(d.info.schema).includes("getpostman")),
    is: "a Postman collection",
    advice: elsewhere,
  },
  {
    matches: (d) => typeof d.$schema === "string" && d.openapi === undefined,
    is: "a JSON Schema",
    advice: elsewhere,
  },
];

/** The format of a text that is recognizably not an OpenAPI document, before it is parsed. */
export function detectOtherFormat(text: string): OtherFormat | undefined {
  if (text.trim() === "") return { is: "empty", advice: elsewhere };
  return (
    byText.find(({ pattern }) => pattern.test(text)) ??
    (graphqlDefinition.test(firstDefinition(text.slice(0, 50_000))) ? graphql : undefined)
  );
}

const graphqlDefinition =
  /^(?:extend\s+)?(?:(?:type|interface|union|scalar|enum|input)\s+\w|directive\s*@\w|schema\s*[@{])/;

/** The first line of a GraphQL schema that is neither a comment nor a description. */
function firstDefinition(text: string): string {
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf("\n", start);
    const line = text.slice(start, end < 0 ? text.length : end).trim();
    if (line.startsWith('"""')) {
      const close = text.indexOf('"""', text.indexOf('"""', start) + 3);
      start = close < 0 ? text.length : close + 3;
    } else if (line === "" || line.startsWith("#") || /^"[^"]*"$/.test(line)) {
      start = end < 0 ? text.length : end + 1;
    } else return line;
  }
  return "";
}

/**
 * Returns the value if it is an OpenAPI 3.0 or 3.1 document with paths.
 * @throws CodegenError that names the format of any other value.
 */
export function verifyOpenApi(value: unknown, origin: string): Record<string, unknown> {
  if (!isObject(value))
    throw new CodegenError(`${origin} is not an OpenAPI document: it contains ${describe(value)}, not an object.`);
  const version = value.openapi;
  if (version === undefined) {
    const other = byField.find(({ matches }) => matches(value));
    if (other !== undefined) throw new CodegenError(`${origin} is ${other.is}. ${other.advice}`);
    throw new CodegenError(`${origin} is not an OpenAPI document: it has no field "openapi". ${elsewhere}`);
  }
  if (typeof version === "string" && /^3\.[01](?:\.|-|$)/.test(version)) return withPaths(value, origin);
  if (typeof version === "string" && /^3\.\d|^[4-9]/.test(version)) {
    throw new CodegenError(`${origin} is OpenAPI ${showDocumentText(version)}, ${newer.is}. ${newer.advice}`);
  }
  throw new CodegenError(`${origin} has the OpenAPI version ${JSON.stringify(version)}. ${newer.advice}`);
}

function withPaths(document: Record<string, unknown>, origin: string): Record<string, unknown> {
  if (isObject(document.paths) && Object.keys(document.paths).length > 0) return document;
  throw new CodegenError(`${origin} describes no paths, so there is nothing to generate from it.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function describe(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "a list" : `a ${typeof value}`;
}
