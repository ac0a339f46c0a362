import { type GlobalContext, transformSchemaObject, tsUnion, tsWithRequired } from "openapi-typescript";
import ts from "typescript";
import { arrayIn, fieldOf, isJsonObject, type JsonObject } from "../../document/json.js";
import { CLOSED_MARK, DATE_MARK, INT64_MARK, NULL_MARK, REQUIRED_MARK, TUPLE_MARK } from "./marks.js";
import { SUBJECT } from "./walk-schemas.js";

type Options = Parameters<typeof transformSchemaObject>[1];

/** The type of a schema with a mark of ours; undefined for one without. */
export function printMark(schema: unknown, ctx: GlobalContext): ts.TypeNode | undefined {
  if (!isJsonObject(schema)) return undefined;
  const type = printMarked(schema, { ctx });
  const isNullable = type !== undefined && NULL_MARK in schema;
  return isNullable ? tsUnion([type, ts.factory.createLiteralTypeNode(ts.factory.createNull())]) : type;
}

function printMarked(schema: JsonObject, options: Options): ts.TypeNode | undefined {
  if (REQUIRED_MARK in schema) return printRequired(schema, options);
  if (TUPLE_MARK in schema) return printTuple(schema, options);
  if (CLOSED_MARK in schema) return reference("Record", [keyword(ts.SyntaxKind.StringKeyword), never()]);
  if (DATE_MARK in schema) return tsUnion([keyword(dateKeyword(schema)), reference("Date")]);
  if (INT64_MARK in schema)
    return tsUnion([keyword(ts.SyntaxKind.NumberKeyword), ...int64Keywords(schema).map(keyword)]);
  return undefined;
}

function int64Keywords(schema: JsonObject): ts.KeywordTypeSyntaxKind[] {
  const names = arrayIn(schema, INT64_MARK);
  return [
    ...(names.includes("string") ? [ts.SyntaxKind.StringKeyword as const] : []),
    ...(names.includes("bigint") ? [ts.SyntaxKind.BigIntKeyword as const] : []),
  ];
}

/** The type of any schema of a cleaned document. */
export function printSchema(schema: unknown, options: Options): ts.TypeNode {
  return schema === false ? never() : transformSchemaObject(schema as never, options);
}

function printRequired(schema: JsonObject, options: Options): ts.TypeNode {
  const names = arrayIn(schema, REQUIRED_MARK).map(String);
  return tsWithRequired(printSchema(fieldOf(schema, SUBJECT), options), names, options.ctx.injectFooter);
}

function printTuple(schema: JsonObject, options: Options): ts.TypeNode {
  const elements = arrayIn(schema, "prefixItems").map((element) => printSchema(element, options));
  const minItems = fieldOf(schema, "minItems") ?? elements.length;
  const rest = fieldOf(schema, "items");
  return ts.factory.createTupleTypeNode([
    ...elements.map((element, index) =>
      index < Number(minItems) ? element : ts.factory.createOptionalTypeNode(element),
    ),
    ...(isJsonObject(rest)
      ? [ts.factory.createRestTypeNode(ts.factory.createArrayTypeNode(printSchema(rest, options)))]
      : []),
  ]);
}

function dateKeyword(schema: JsonObject): ts.KeywordTypeSyntaxKind {
  return schema.type === "string" ? ts.SyntaxKind.StringKeyword : ts.SyntaxKind.NumberKeyword;
}

function reference(name: string, types?: ts.TypeNode[]): ts.TypeNode {
  return ts.factory.createTypeReferenceNode(name, types);
}

function keyword(kind: ts.KeywordTypeSyntaxKind): ts.TypeNode {
  return ts.factory.createKeywordTypeNode(kind);
}

function never(): ts.TypeNode {
  return keyword(ts.SyntaxKind.NeverKeyword);
}
