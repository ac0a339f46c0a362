import type { DocumentOperation } from "../document/operation.js";
import { coerce } from "./coerce.js";
import type { Problem } from "./problem.js";

// OpenAPI says of these that a parameter of that name is ignored.
const ignored = new Set(["accept", "content-type", "authorization", "user-agent"]);

/** What is wrong with the path parameters and headers of a request. Headers named in `exempt` are never refused. */
export function checkParameters(
  operation: DocumentOperation,
  path: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
  exempt: ReadonlySet<string>,
): Problem[] {
  const view = operation.schemas.request;
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
    // Both places write lists with commas; a text may hold one too.
    const list = coerce(view, schema, text.split(","), "repeat");
    const isList = text.includes(",") && view.problems(list, schema).length === 0;
    const value = isList ? list : coerce(view, schema, text, "repeat");
    const found = view.problems(value, schema, name);
    problems.push(...found.map((message) => ({ code: "parameter_invalid", message: `${kind} ${message}` })));
  }
  return problems;
}
