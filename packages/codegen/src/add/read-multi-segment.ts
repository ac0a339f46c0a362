import { arrayIn, fieldOf, objectIn, stringIn } from "../generate/document/json.js";
import { isMultiSegment } from "../generate/facts/multi-segment.js";
import { type ApiParameter, operationKey } from "../generate/operations/api-operation.js";
import type { Drafted, DraftInput } from "./draft.js";

/**
 * An empty list, with a TODO for each path parameter whose values the document shows with slashes: it does not say whether these
 * separate segments, or are encoded, as in a time zone. Undefined if there is none.
 */
export function readMultiSegment({ operations }: DraftInput): Drafted<readonly string[]> | undefined {
  const shown = new Map<string, string>();
  for (const operation of operations) {
    for (const parameter of operation.parameters) {
      const { place, name } = parameter;
      if (place !== "path" || shown.has(name) || isMultiSegment(parameter) || !showsSlash(parameter)) continue;
      shown.set(name, operationKey(operation));
    }
  }
  if (shown.size === 0) return undefined;
  const todos = [...shown].map(
    ([name, key]) =>
      `the document shows slashes in "${name}" of ${key}. If they separate segments, add the name: else a slash is encoded.`,
  );
  return { value: [], todos };
}

/** Whether an example, a default, a fixed value, the pattern or the description of a parameter shows a slash. */
function showsSlash({ json }: ApiParameter): boolean {
  const schema = fieldOf(json, "schema");
  const examples = Object.values(objectIn(json, "examples")).map((example) => fieldOf(example, "value"));
  const values = [json, schema].flatMap((holder) => [
    fieldOf(holder, "example"),
    fieldOf(holder, "default"),
    fieldOf(holder, "const"),
    ...arrayIn(holder, "examples"),
    ...arrayIn(holder, "enum"),
  ]);
  if ([...examples, ...values].some((value) => typeof value === "string" && value.includes("/"))) return true;
  // `[^/]` excludes slashes.
  if ((stringIn(schema, "pattern") ?? "").replace(/\[[^\]]*\]/g, "").includes("/")) return true;
  return /\b(may|can|might) (contain|include|have) (forward )?slashes\b/i.test(stringIn(json, "description") ?? "");
}
