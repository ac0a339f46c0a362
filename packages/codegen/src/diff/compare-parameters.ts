import { fieldOf, objectIn, stringIn } from "../generate/document/json.js";
import type { ApiParameter, NamedOperation } from "../generate/operations/api-operation.js";
import type { AffectedCalls } from "./change.js";
import type { OperationComparison } from "./operation-comparison.js";
import { parameterRules } from "./rules/parameter-rules.js";

/** Compares the path, query and header parameters of two versions of an operation. */
export function compareParameters({ old, new: current, owner, recorder, schemas }: OperationComparison): void {
  const [before, after] = [parametersByKey(old), parametersByKey(current)];
  const record = (ruleName: keyof typeof parameterRules, parameter: ApiParameter, affectedCalls?: AffectedCalls) => {
    const rule = parameterRules[ruleName];
    recorder.record(owner, { side: "request", ruleName, rule, location: titleOf(parameter), affectedCalls });
  };
  for (const [key, parameter] of before) {
    const { name, place: location } = parameter;
    const same = after.get(key);
    if (same === undefined) {
      record("parameter-removed", parameter, { kind: "passing", name, location });
      continue;
    }
    if (!parameter.required && same.required)
      record("parameter-became-required", parameter, { kind: "omitting", name, location });
    if (parameter.required && !same.required) record("parameter-became-optional", parameter);
    if (styleOf(parameter) !== styleOf(same)) record("parameter-style-changed", parameter);
    const site = { owner, side: "request", location: titleOf(parameter), isTopLevel: false } as const;
    schemas.compare({ old: schemaOf(parameter), new: schemaOf(same) }, site);
  }
  for (const [key, parameter] of after) {
    if (before.has(key)) continue;
    const { name, place: location, required } = parameter;
    const ruleName = required ? "required-parameter-added" : "optional-parameter-added";
    record(ruleName, parameter, { kind: "omitting", name, location });
  }
}

/** Header names are case-insensitive (RFC 9110, 5.1), other names are not. */
function parametersByKey({ parameters }: NamedOperation): ReadonlyMap<string, ApiParameter> {
  return new Map(
    parameters.map((parameter) => {
      const { place, name } = parameter;
      return [`${place} ${place === "header" ? name.toLowerCase() : name}`, parameter];
    }),
  );
}

function titleOf({ place, name }: ApiParameter): string {
  return `${place} parameter ${name}`;
}

function schemaOf({ json }: ApiParameter): unknown {
  const [media] = Object.values(objectIn(json, "content"));
  return fieldOf(json, "schema") ?? fieldOf(media, "schema");
}

function styleOf({ json, place }: ApiParameter): string {
  const style = stringIn(json, "style") ?? (place === "query" ? "form" : "simple");
  const explode = fieldOf(json, "explode") ?? style === "form";
  return `${style} ${String(explode)} ${Object.keys(objectIn(json, "content")).join()}`;
}
