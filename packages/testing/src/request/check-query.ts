import type { QueryStyle } from "@connectry/core";
import { nearestName } from "../document/nearest.js";
import type { DocumentOperation, DocumentParameter } from "../document/operation.js";
import { type FormStyle, type Pairs, parseForm } from "../http/parse-form.js";
import type { SchemaView } from "../schema/document-schemas.js";
import { type SchemaObject, typesOf } from "../schema/json-schema.js";
import { coerce } from "./coerce.js";
import type { Problem } from "./problem.js";

/** The parameters of a query, and what is wrong with them. */
export interface CheckedQuery {
  /** Known parameters in their types, unknown ones as strings. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

/** How the query of an operation is read. */
export interface QueryOptions {
  readonly styleOf: (parameter: DocumentParameter) => QueryStyle;
  /** Parameters that the document does not need to have. */
  readonly exempt: ReadonlySet<string>;
}

const separators: Partial<Record<QueryStyle, string>> = { comma: ",", space: " ", pipe: "|" };

/** The style of a parameter: that of the facts, else that of the document, else that of the profile. */
export function queryStyle(
  parameter: DocumentParameter,
  facts: QueryStyle | undefined,
  profile: QueryStyle | undefined,
): QueryStyle {
  if (facts !== undefined) return facts;
  if (parameter.json) return "json";
  if (parameter.style === "deepObject") return "brackets";
  if (parameter.style === "spaceDelimited") return "space";
  if (parameter.style === "pipeDelimited") return "pipe";
  if (parameter.explode === false) return "comma";
  return profile ?? "repeat";
}

/** One parameter, or one field of a form, that was sent: several pairs where it is an array or an object. */
interface SentParameter {
  readonly parameter: Pick<DocumentParameter, "name" | "schema" | "json">;
  readonly pairs: Pairs;
  readonly style: QueryStyle;
}

const decode = (text: string) => new URLSearchParams(`=${text}`).get("") ?? "";

/** The parts of a text between its separators: a comma that is encoded separates nothing. */
function splitParts([name, text, sent]: Pairs[number], separator: string): Pairs {
  const parts = separator === "," && sent !== undefined ? sent.split(",").map(decode) : text.split(separator);
  return parts.map((part) => [name, part] as const);
}

/** Names and values that alternate, as an object. */
function pairUp(parts: Pairs): unknown {
  const texts = parts.map(([, text]) => text);
  return Object.fromEntries(texts.flatMap((text, index) => (index % 2 === 0 ? [[text, texts[index + 1] ?? ""]] : [])));
}

/** The value of a parameter of a query, or of a field of a form, in the types of its schema. */
export function readParameter(operation: DocumentOperation, { parameter, pairs, style }: SentParameter): unknown {
  const view = operation.schemas.request;
  const schema = view.convert(parameter.schema);
  const formStyle: FormStyle = style === "brackets" || style === "json" ? style : "repeat";
  const isLiteral = pairs.every(([name]) => name === parameter.name);
  const read = (sent: Pairs) => {
    const form = parseForm(sent, isLiteral ? "repeat" : formStyle);
    // In the style `repeat` the members of an object are parameters of their own.
    const value = isLiteral || style === "brackets" ? form[parameter.name] : form;
    return coerce(value, schema, { view, style: formStyle });
  };
  const separator = separators[style];
  const [only] = pairs;
  if (parameter.json && only !== undefined) return parseJson(only[1]);
  const literal = read(pairs);
  if (separator === undefined) return literal;
  const parts = pairs.flatMap((pair) => splitParts(pair, separator));
  const array = read(parts);
  if (view.validate(array, schema).length === 0) return array;
  const object = coerce(pairUp(parts), schema, { view, style: formStyle });
  if (parts.length > 1 && view.validate(object, schema).length === 0) return object;
  // A string may contain the separator, too.
  return parts.length > 1 && Array.isArray(literal) ? array : literal;
}

/** What a text of JSON says; undefined, which no schema allows, for any other text. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads a query as the document describes it. Unknown, missing and invalid parameters are problems. */
export function checkQuery(operation: DocumentOperation, pairs: Pairs, options: QueryOptions): CheckedQuery {
  const { styleOf, exempt } = options;
  const view = operation.schemas.request;
  const parameters = operation.parameters().filter((parameter) => parameter.in === "query");
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const grouped = new Map<DocumentParameter, Pairs>();
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const pair of pairs) {
    const [name, text] = pair;
    const nested = byName.get(name.replace(/\[.*$/s, ""));
    const parameter =
      byName.get(name) ??
      (nested !== undefined && styleOf(nested) === "brackets" ? nested : undefined) ??
      parameters.find((one) => styleOf(one) === "repeat" && hasMember(view, one.schema, name)) ??
      // The members of a map are parameters of any name: `style: form, explode: true` of OpenAPI.
      (exempt.has(name) ? undefined : parameters.find((one) => styleOf(one) === "repeat" && isMap(view, one.schema)));
    if (parameter !== undefined) {
      grouped.set(parameter, [...(grouped.get(parameter) ?? []), pair]);
      continue;
    }
    values[name] = text;
    if (!exempt.has(name)) problems.push(unknownParameter(name, [...byName.keys()]));
  }
  for (const [parameter, group] of grouped) {
    const value = readParameter(operation, { parameter, pairs: group, style: styleOf(parameter) });
    values[parameter.name] = value;
    if (value === undefined) {
      problems.push({ code: "parameter_invalid", message: `query parameter ${parameter.name} is not JSON` });
      continue;
    }
    const errors = view.validate(value, view.convert(parameter.schema), parameter.name);
    problems.push(...errors.map((message) => ({ code: "parameter_invalid", message: `query parameter ${message}` })));
  }
  for (const { name, required } of parameters) {
    if (required && !(name in values) && !exempt.has(name)) {
      problems.push({ code: "parameter_missing", message: `query parameter ${name} is missing` });
    }
  }
  return { values, problems };
}

function resolved(view: SchemaView, raw: unknown): SchemaObject {
  const schema = view.convert(raw);
  const target = typeof schema === "object" && schema.$ref !== undefined ? view.resolve(schema.$ref) : schema;
  return typeof target === "object" ? target : {};
}

// Limits the search in compositions that refer to themselves.
const maxDepth = 4;

/** A schema, and those that it is composed of. */
function composedOf(view: SchemaView, raw: unknown, depth = 0): SchemaObject[] {
  const schema = resolved(view, raw);
  const { allOf = [], anyOf = [], oneOf = [] } = depth < maxDepth ? schema : {};
  return [schema, ...[...allOf, ...anyOf, ...oneOf].flatMap((one) => composedOf(view, one, depth + 1))];
}

/** Whether the schema of an object, or one of those that it is composed of, has a member of this name. */
export function hasMember(view: SchemaView, raw: unknown, name: string): boolean {
  return composedOf(view, raw).some(({ properties = {} }) => Object.hasOwn(properties, name));
}

/** Whether a schema is that of an object with members of any name. */
export function isMap(view: SchemaView, raw: unknown): boolean {
  const { additionalProperties, ...schema } = resolved(view, raw);
  return typesOf(schema).includes("object") && additionalProperties !== undefined && additionalProperties !== false;
}

function unknownParameter(name: string, known: readonly string[]): Problem {
  const near = nearestName(name.replace(/\[.*$/s, ""), known);
  const hint = near === undefined ? "" : `: did you mean ${near}?`;
  return { code: "parameter_unknown", message: `unknown query parameter ${name.slice(0, 64)}${hint}` };
}
