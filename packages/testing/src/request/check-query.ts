import type { QueryStyle } from "@connectry/core";
import { nearestName } from "../document/nearest.js";
import type { DocumentOperation, DocumentParameter } from "../document/operation.js";
import { coerce, type TextStyle } from "./coerce.js";
import { type Pairs, parseForm } from "./parse-form.js";
import type { Problem } from "./problem.js";

/** What a query held, and what is wrong with it. */
export interface CheckedQuery {
  /** Known parameters in their types, unknown ones as texts. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

const separators: Partial<Record<QueryStyle, string>> = { comma: ",", space: " ", pipe: "|" };

/** The style of a parameter: the facts', else what the document says of it, else the provider's. */
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

function readParameter(
  operation: DocumentOperation,
  parameter: DocumentParameter,
  style: QueryStyle,
  pairs: Pairs,
): unknown {
  const view = operation.schemas.request;
  const schema = view.convert(parameter.schema);
  const textStyle: TextStyle = style === "brackets" || style === "json" ? style : "repeat";
  const isLiteral = pairs.every(([name]) => name === parameter.name);
  const read = (sent: Pairs) => {
    const form = parseForm(sent, isLiteral ? "repeat" : textStyle);
    // An object in the style `repeat` has its keys as parameters.
    return coerce(view, schema, isLiteral || style === "brackets" ? form[parameter.name] : form, textStyle);
  };
  const separator = separators[style];
  if (separator !== undefined && pairs.some(([, text]) => text.includes(separator))) {
    const list = read(pairs.flatMap(([name, text]) => text.split(separator).map((part) => [name, part] as const)));
    // A text may hold the separator too.
    if (view.problems(list, schema).length === 0) return list;
  }
  return read(pairs);
}

/** Reads a query as the document describes it; what it does not know, misses or mistypes is a problem. */
export function checkQuery(
  operation: DocumentOperation,
  pairs: Pairs,
  styleOf: (parameter: DocumentParameter) => QueryStyle,
  exempt: ReadonlySet<string>,
): CheckedQuery {
  const view = operation.schemas.request;
  const parameters = operation.parameters().filter((parameter) => parameter.in === "query");
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const grouped = new Map<DocumentParameter, [string, string][]>();
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [name, text] of pairs) {
    const base = name.replace(/\[.*$/s, "");
    const spread = byName.get(base);
    const parameter =
      byName.get(name) ??
      (spread !== undefined && styleOf(spread) === "brackets" ? spread : undefined) ??
      parameters.find((one) => styleOf(one) === "repeat" && hasProperty(operation, one, name));
    if (parameter !== undefined) {
      grouped.set(parameter, [...(grouped.get(parameter) ?? []), [name, text]]);
      continue;
    }
    values[name] = text;
    if (!exempt.has(name)) problems.push(unknown(name, [...byName.keys()]));
  }
  for (const [parameter, group] of grouped) {
    const value = readParameter(operation, parameter, styleOf(parameter), group);
    values[parameter.name] = value;
    const found = view.problems(value, view.convert(parameter.schema), parameter.name);
    problems.push(...found.map((message) => ({ code: "parameter_invalid", message: `query parameter ${message}` })));
  }
  for (const { name, required } of parameters) {
    if (required && !(name in values) && !exempt.has(name)) {
      problems.push({ code: "parameter_missing", message: `query parameter ${name} is missing` });
    }
  }
  return { values, problems };
}

function hasProperty(operation: DocumentOperation, parameter: DocumentParameter, name: string): boolean {
  const schema = operation.schemas.request.convert(parameter.schema);
  return typeof schema === "object" && Object.hasOwn(schema.properties ?? {}, name);
}

function unknown(name: string, known: readonly string[]): Problem {
  const near = nearestName(name.replace(/\[.*$/s, ""), known);
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  return { code: "parameter_unknown", message: `query parameter ${name.slice(0, 64)} is not known${hint}` };
}
