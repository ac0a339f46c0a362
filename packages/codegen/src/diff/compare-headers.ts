import { fieldOf, type JsonObject, objectIn } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import type { ApiResponse } from "../generate/operations/response-media.js";
import type { Versions } from "./changes/versions.js";
import type { OperationComparison } from "./operation-comparison.js";
import { responseRules } from "./rules/response-rules.js";

/** Compares the headers of a response, which a program reads from `response.headers`. */
export function compareHeaders(
  { old, new: current, owner, recorder, schemas }: OperationComparison,
  responses: Versions<ApiResponse>,
): void {
  const [before, after] = [headersOf(responses.old), headersOf(responses.new)];
  const locationOf = (name: string) => `response ${responses.new.status} header ${name}`;
  const record = (ruleName: keyof typeof responseRules, name: string) =>
    recorder.record(owner, {
      side: "response",
      ruleName,
      rule: responseRules[ruleName],
      location: locationOf(name),
    });
  for (const [name, source] of before) {
    if (!after.has(name)) {
      record("header-removed", name);
      continue;
    }
    const header = {
      old: followReference(old.document, source),
      new: followReference(current.document, after.get(name)),
    };
    const isRequired = (one: unknown) => fieldOf(one, "required") === true;
    if (isRequired(header.old) !== isRequired(header.new))
      record(isRequired(header.new) ? "header-became-required" : "header-became-optional", name);
    const site = { owner, side: "response", location: locationOf(name), isTopLevel: false } as const;
    schemas.start({ old: schemaOf(header.old), new: schemaOf(header.new) }, site);
  }
  for (const name of after.keys()) if (!before.has(name)) record("header-added", name);
}

/** By name in lower case, because header names are case-insensitive (RFC 9110, 5.1). */
function headersOf({ json }: ApiResponse): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(objectIn(json, "headers")).map(([name, header]) => [name.toLowerCase(), header]));
}

function schemaOf(header: unknown): unknown {
  const [media] = Object.values(objectIn(header, "content")) as JsonObject[];
  return fieldOf(header, "schema") ?? fieldOf(media, "schema");
}
