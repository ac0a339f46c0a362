import type { OperationFacts, ParameterFormat } from "@connectry/core";
import { compareText, fieldOf, objectIn, stringIn } from "../document/json.js";
import { type ApiOperation, type ApiParameter, operationKey } from "../operations/api-operation.js";
import { isJsonType } from "../operations/media-type.js";
import { canBeNested, canBeScalar } from "./schema-shape.js";

type Place = ApiParameter["place"];
type Style = ParameterFormat["style"];

/** How a document says that a parameter is written, or why no client could write it so. */
type Reading = { readonly format: ParameterFormat | undefined } | { readonly problem: string };

const STYLES: Readonly<Record<string, Style>> = {
  simple: "simple",
  label: "label",
  matrix: "matrix",
  form: "form",
  spaceDelimited: "space",
  pipeDelimited: "pipe",
  deepObject: "brackets",
};
// https://spec.openapis.org/oas/v3.1.1.html#style-values
const ALLOWED: Readonly<Record<Place, readonly Style[]>> = {
  path: ["simple", "label", "matrix"],
  query: ["form", "space", "pipe", "brackets"],
  header: ["simple"],
  cookie: ["form"],
};

/** The formats of the parameters that the plain rules of their place and the profile's query style do not write. */
export function parameterFormats(operation: ApiOperation): NonNullable<OperationFacts["parameters"]> {
  const formats: Partial<Record<Place, Record<string, ParameterFormat>>> = {};
  for (const parameter of [...operation.parameters].sort((a, b) => compareText(a.name, b.name))) {
    const reading = readFormat(operation, parameter);
    if (!("format" in reading) || reading.format === undefined) continue;
    formats[parameter.place] = { ...formats[parameter.place], [parameter.name]: reading.format };
  }
  return formats;
}

/** The parameters of which the document says what cannot be sent, as sentences without a full stop. */
export function parameterProblems(operations: readonly ApiOperation[]): string[] {
  return operations.flatMap((operation) =>
    operation.parameters.flatMap((parameter) => {
      const reading = readFormat(operation, parameter);
      if (!("problem" in reading)) return [];
      return [`the ${parameter.place} parameter ${parameter.name} of ${operationKey(operation)} ${reading.problem}`];
    }),
  );
}

/** Whether the facts, and not the query style, say how a query parameter is written. */
export function hasOwnFormat(operation: ApiOperation, parameter: ApiParameter): boolean {
  const reading = readFormat(operation, parameter);
  return "format" in reading && reading.format !== undefined;
}

function readFormat({ document }: ApiOperation, { place, json }: ApiParameter): Reading {
  const [content] = Object.entries(objectIn(json, "content"));
  const schema = fieldOf(json, "schema") ?? fieldOf(content?.[1], "schema");
  const isNested = canBeNested(document, schema);
  if (content !== undefined) {
    if (!isJsonType(content[0]))
      return isNested ? { problem: `is ${content[0]}, of which only the text can be passed` } : plain(place);
    // In a query, lists and objects as JSON are a style that profiles have.
    return place === "query" && !canBeScalar(document, schema) ? plain(place) : { format: { style: "json" } };
  }
  const declared = stringIn(json, "style") ?? (place === "path" || place === "header" ? "simple" : "form");
  const style = STYLES[declared];
  if (style === undefined || !ALLOWED[place].includes(style))
    return { problem: `has the style ${declared}, which its place does not have` };
  const isExploded = (fieldOf(json, "explode") ?? declared === "form") === true;
  const explode = isNested && isExploded && { explode: true as const };
  if (place === "cookie" && isNested && isExploded)
    return { problem: "is a cookie that explodes, and a cookie has one value: only scalars can be passed" };
  if (place === "query") {
    if (fieldOf(json, "allowReserved") !== true) return plain(place);
    return { format: { style: isExploded && style !== "brackets" ? "form" : style, ...explode, reserved: true } };
  }
  if (style === "simple" && !isNested) return plain(place);
  return { format: { style, ...explode } };
}

/** What is written by the plain rules of its place; no cookie is. */
function plain(place: Place): Reading {
  return { format: place === "cookie" ? { style: "form" } : undefined };
}
