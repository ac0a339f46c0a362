import { arrayIn, fieldOf, stringIn } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import type { ApiOperation, ApiParameter } from "../generate/operations/api-operation.js";
import { writeData, writeText } from "../generate/write/literal.js";

/**
 * The simplest of some operations, and the arguments of a call of it as code. Undefined if all of them require a body,
 * or parameters without an obvious value.
 */
export function sampleCall(operations: readonly ApiOperation[]): { operation: ApiOperation; code: string } | undefined {
  const calls = operations.flatMap((operation) => {
    const params = sampleParams(operation);
    return params === undefined || operation.body?.required === true ? [] : [{ operation, params }];
  });
  const effort = ({ operation: { method, path }, params }: (typeof calls)[number]) =>
    (method === "GET" ? 0 : 1_000) + 100 * Object.values(params).flatMap(Object.keys).length + path.length;
  const best = calls.reduce<(typeof calls)[number] | undefined>(
    (one, other) => (one === undefined || effort(other) < effort(one) ? other : one),
    undefined,
  );
  if (best === undefined) return undefined;
  const init = Object.keys(best.params).length > 0 ? `, ${writeData({ params: best.params })}` : "";
  return { operation: best.operation, code: `${writeText(best.operation.path)}${init}` };
}

/** Values for the required parameters; undefined if one of them has no obvious value. */
function sampleParams({ parameters, document }: ApiOperation): Record<string, Record<string, unknown>> | undefined {
  const params: Record<string, Record<string, unknown>> = {};
  for (const parameter of parameters.filter(({ required }) => required)) {
    const value = sampleValue(followReference(document, fieldOf(parameter.json, "schema")), parameter);
    if (value === undefined) return undefined;
    params[parameter.place] = { ...params[parameter.place], [parameter.name]: value };
  }
  return params;
}

function sampleValue(schema: unknown, { name }: ApiParameter): string | number | boolean | undefined {
  const [choice] = arrayIn(schema, "enum");
  if (typeof choice === "string" || typeof choice === "number" || typeof choice === "boolean") return choice;
  if (fieldOf(schema, "const") !== undefined || name === "__proto__") return undefined;
  switch (stringIn(schema, "type")) {
    case "string":
      return stringIn(schema, "format") === "binary" ? undefined : "...";
    case "integer":
    case "number":
      return 1;
    case "boolean":
      return true;
    default:
      return undefined;
  }
}
