import { fieldOf, objectIn, stringIn } from "../generate/document/json.js";
import type { ApiParameter, NamedOperation } from "../generate/operations/api-operation.js";
import type { Sign } from "./change.js";
import type { SchemaComparison } from "./compare-schemas.js";
import type { Owner, Recorder } from "./recorder.js";
import { parameterRules } from "./rules/parameter-rules.js";

/** Compares what two versions of an operation take in path, query and headers. */
export function compareParameters(
  old: NamedOperation,
  now: NamedOperation,
  owner: Owner,
  recorder: Recorder,
  schemas: SchemaComparison,
): void {
  const [before, after] = [byPlace(old), byPlace(now)];
  const note = (rule: keyof typeof parameterRules, parameter: ApiParameter, sign?: Sign) =>
    recorder.note(owner, "request", rule, parameterRules[rule], titleOf(parameter), "", sign);
  for (const [key, parameter] of before) {
    const { name, place } = parameter;
    const same = after.get(key);
    if (same === undefined) {
      note("parameter-removed", parameter, { kind: "gives", name, place });
      continue;
    }
    if (!parameter.required && same.required)
      note("parameter-became-required", parameter, { kind: "omits", name, place });
    if (parameter.required && !same.required) note("parameter-became-optional", parameter);
    if (styleOf(parameter) !== styleOf(same)) note("parameter-style-changed", parameter);
    const site = { owner, side: "request" as const, place: titleOf(parameter), isTop: false };
    schemas.compare(schemaOf(parameter), schemaOf(same), site);
  }
  for (const [key, parameter] of after) {
    if (before.has(key)) continue;
    const { name, place, required } = parameter;
    note(required ? "required-parameter-added" : "optional-parameter-added", parameter, { kind: "omits", name, place });
  }
}

/** Header names mean the same in any case (RFC 9110, 5.1), others do not. */
function byPlace({ parameters }: NamedOperation): ReadonlyMap<string, ApiParameter> {
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
