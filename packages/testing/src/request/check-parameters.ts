import type { DocumentOperation } from "../document/operation.js";
import { coerce } from "./coerce.js";
import type { Problem } from "./problem.js";

/** The parts of a request that hold its path parameters and headers. */
export interface ParameterCarrier {
  readonly path: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

// OpenAPI ignores header parameters with these names.
const ignored = new Set(["accept", "content-type", "authorization", "user-agent"]);

/** What is wrong with the path parameters and headers of a request. Headers in `exempt` are not checked. */
export function checkParameters(
  operation: DocumentOperation,
  { path, headers }: ParameterCarrier,
  exempt: ReadonlySet<string>,
): Problem[] {
  const view = operation.schemas.request;
  const context = { view, style: "repeat" } as const;
  const problems: Problem[] = [];
  for (const parameter of operation.parameters()) {
    const { name } = parameter;
    const key = name.toLowerCase();
    if (parameter.in !== "path" && parameter.in !== "header") continue;
    if (parameter.in === "header" && (ignored.has(key) || exempt.has(key))) continue;
    const text = parameter.in === "path" ? path[name] : headers[key];
    const kind = parameter.in === "path" ? "path parameter" : "header";
    if (text === undefined) {
      if (parameter.required) problems.push({ code: "parameter_missing", message: `${kind} ${name} is missing` });
      continue;
    }
    const schema = view.convert(parameter.schema);
    // Arrays are separated by commas in both places, but a string may contain a comma, too.
    const array = coerce(text.split(","), schema, context);
    const isArray = text.includes(",") && view.validate(array, schema).length === 0;
    const value = isArray ? array : coerce(text, schema, context);
    const errors = view.validate(value, schema, name);
    problems.push(...errors.map((message) => ({ code: "parameter_invalid", message: `${kind} ${message}` })));
  }
  return problems;
}
