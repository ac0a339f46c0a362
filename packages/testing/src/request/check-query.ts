import type { QueryStyle } from "@connectry/core";
import { nearestName } from "../document/nearest.js";
import type { DocumentOperation, DocumentParameter } from "../document/operation.js";
import { type FormStyle, type Pairs, parseForm } from "../http/parse-form.js";
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

/** One parameter that was sent: several pairs where it is an array or an object. */
interface SentParameter {
  readonly parameter: DocumentParameter;
  readonly pairs: Pairs;
  readonly style: QueryStyle;
}

function readParameter(operation: DocumentOperation, { parameter, pairs, style }: SentParameter): unknown {
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
  if (separator !== undefined && pairs.some(([, text]) => text.includes(separator))) {
    const array = read(pairs.flatMap(([name, text]) => text.split(separator).map((part) => [name, part] as const)));
    // A string may contain the separator, too.
    if (view.validate(array, schema).length === 0) return array;
  }
  return read(pairs);
}

/** Reads a query as the document describes it. Unknown, missing and invalid parameters are problems. */
export function checkQuery(operation: DocumentOperation, pairs: Pairs, options: QueryOptions): CheckedQuery {
  const { styleOf, exempt } = options;
  const view = operation.schemas.request;
  const parameters = operation.parameters().filter((parameter) => parameter.in === "query");
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const grouped = new Map<DocumentParameter, [string, string][]>();
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [name, text] of pairs) {
    const nested = byName.get(name.replace(/\[.*$/s, ""));
    const parameter =
      byName.get(name) ??
      (nested !== undefined && styleOf(nested) === "brackets" ? nested : undefined) ??
      parameters.find((one) => styleOf(one) === "repeat" && hasProperty(operation, one, name));
    if (parameter !== undefined) {
      grouped.set(parameter, [...(grouped.get(parameter) ?? []), [name, text]]);
      continue;
    }
    values[name] = text;
    if (!exempt.has(name)) problems.push(unknownParameter(name, [...byName.keys()]));
  }
  for (const [parameter, group] of grouped) {
    const value = readParameter(operation, { parameter, pairs: group, style: styleOf(parameter) });
    values[parameter.name] = value;
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

function hasProperty(operation: DocumentOperation, parameter: DocumentParameter, name: string): boolean {
  const schema = operation.schemas.request.convert(parameter.schema);
  return typeof schema === "object" && Object.hasOwn(schema.properties ?? {}, name);
}

function unknownParameter(name: string, known: readonly string[]): Problem {
  const near = nearestName(name.replace(/\[.*$/s, ""), known);
  const hint = near === undefined ? "" : `: did you mean ${near}?`;
  return { code: "parameter_unknown", message: `unknown query parameter ${name.slice(0, 64)}${hint}` };
}
