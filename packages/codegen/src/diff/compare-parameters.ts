import { fieldOf, objectIn, stringIn } from "../generate/document/json.js";
import type { ApiParameter, NamedOperation } from "../generate/operations/api-operation.js";
import type { FindingDetails } from "./changes/recorder.js";
import type { OperationComparison } from "./operation-comparison.js";
import { requestShape } from "./pair-operations.js";
import { parameterRules } from "./rules/parameter-rules.js";

/** Compares the parameters of two versions of an operation. */
export function compareParameters({ old, new: current, owner, recorder, schemas }: OperationComparison): void {
  // The parameters of a path that only has other names for them are paired by their place in it.
  const byPlace = requestShape(old) === requestShape(current);
  const [before, after] = [parametersByKey(old, byPlace), parametersByKey(current, byPlace)];
  const record = (ruleName: keyof typeof parameterRules, parameter: ApiParameter, details: FindingDetails = {}) => {
    const rule = parameterRules[ruleName];
    recorder.record(owner, { side: "request", ruleName, rule, location: titleOf(parameter), ...details });
  };
  for (const [key, parameter] of before) {
    const { name, place: location } = parameter;
    // An address that changed has been reported.
    if (location === "path" && !byPlace && !after.has(key)) continue;
    const same = after.get(key);
    if (same === undefined) {
      record("parameter-removed", parameter, { affectedCalls: { kind: "passing", name, location } });
      continue;
    }
    if (name !== same.name && location === "path")
      record("path-parameter-renamed", parameter, { affectedCalls: { kind: "all" }, detail: `now ${same.name}` });
    const isDeprecated = ({ json }: ApiParameter) => fieldOf(json, "deprecated") === true;
    if (isDeprecated(parameter) !== isDeprecated(same))
      record(isDeprecated(same) ? "parameter-deprecated" : "parameter-no-longer-deprecated", parameter);
    if (!parameter.required && same.required)
      record("parameter-became-required", parameter, { affectedCalls: { kind: "omitting", name, location } });
    if (parameter.required && !same.required) record("parameter-became-optional", parameter);
    if (styleOf(parameter) !== styleOf(same)) record("parameter-style-changed", parameter);
    const site = { owner, side: "request", location: titleOf(parameter), isTopLevel: false } as const;
    schemas.start({ old: schemaOf(parameter), new: schemaOf(same) }, site);
  }
  for (const [key, parameter] of after) {
    const { name, place: location, required } = parameter;
    if (before.has(key) || (location === "path" && !byPlace)) continue;
    const ruleName = required ? "required-parameter-added" : "optional-parameter-added";
    record(ruleName, parameter, { affectedCalls: { kind: "omitting", name, location } });
  }
}

/** Header names are case-insensitive (RFC 9110, 5.1), other names are not. */
function parametersByKey({ path, parameters }: NamedOperation, byPlace: boolean): ReadonlyMap<string, ApiParameter> {
  return new Map(
    parameters.map((parameter) => {
      const { place, name } = parameter;
      if (place === "path" && byPlace) return [`path ${indexIn(path, name)}`, parameter];
      return [`${place} ${place === "header" ? name.toLowerCase() : name}`, parameter];
    }),
  );
}

/** Which placeholder of a path it is. */
function indexIn(path: string, name: string): number {
  return path.slice(0, path.indexOf(`{${name}}`)).split("{").length;
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
