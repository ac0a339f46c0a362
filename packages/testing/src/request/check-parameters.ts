import type { DocumentOperation, DocumentParameter } from "../document/operation.js";
import { coerce } from "./coerce.js";
import { type ParameterShape, parseParameter } from "./parse-parameter.js";
import type { Problem } from "./problem.js";

/** The parts of a request that hold its path parameters, headers and cookies. */
export interface ParameterCarrier {
  /** The path parameters as sent, still encoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

// OpenAPI ignores header parameters with these names.
const ignored = new Set(["accept", "content-type", "authorization", "user-agent"]);

const shapes: readonly ParameterShape[] = ["array", "object", "scalar"];
const kinds: Readonly<Record<string, string>> = { path: "path parameter", header: "header", cookie: "cookie" };

function decodeCookie(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The cookies of a request, still encoded (RFC 6265, section 4.2.1). */
function parseCookies(header: string | undefined): Readonly<Record<string, string>> {
  const pairs = (header ?? "").split(/;\s*/).map((pair) => [pair.replace(/=.*$/s, ""), pair.replace(/^[^=]*=?/s, "")]);
  return Object.fromEntries(pairs.map(([name = "", value = ""]) => [decodeCookie(name), value]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The problems with the text of one parameter. */
function problemsOf(operation: DocumentOperation, parameter: DocumentParameter, text: string): readonly string[] {
  const view = operation.schemas.request;
  const schema = view.convert(parameter.schema);
  const decode = parameter.in === "header" ? (part: string) => part : decodeCookie;
  if (parameter.json) {
    const value = parseJson(decode(text));
    return value === undefined ? [`${parameter.name} is not JSON`] : view.validate(value, schema, parameter.name);
  }
  let errors: readonly string[] = [`${parameter.name} is not in the style ${parameter.style ?? "of its place"}`];
  for (const shape of shapes) {
    const read = parseParameter({ parameter, text, shape, decode });
    if (read === undefined) continue;
    errors = view.validate(coerce(read, schema, { view, style: "repeat" }), schema, parameter.name);
    if (errors.length === 0) return [];
  }
  return errors;
}

/** What is wrong with the path parameters, headers and cookies of a request. Headers in `exempt` are not checked. */
export function checkParameters(
  operation: DocumentOperation,
  { path, headers }: ParameterCarrier,
  exempt: ReadonlySet<string>,
): Problem[] {
  const problems: Problem[] = [];
  const cookies = parseCookies(headers.cookie);
  for (const parameter of operation.parameters()) {
    const { name } = parameter;
    const key = name.toLowerCase();
    const kind = kinds[parameter.in];
    if (kind === undefined) continue;
    if (parameter.in === "header" && (ignored.has(key) || exempt.has(key))) continue;
    const text = { path: path[name], header: headers[key], cookie: cookies[name] }[parameter.in];
    if (text === undefined) {
      if (parameter.required) problems.push({ code: "parameter_missing", message: `${kind} ${name} is missing` });
      continue;
    }
    const errors = problemsOf(operation, parameter, text);
    problems.push(...errors.map((message) => ({ code: "parameter_invalid", message: `${kind} ${message}` })));
  }
  return problems;
}
