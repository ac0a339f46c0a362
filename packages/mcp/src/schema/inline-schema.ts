import type { JsonSchema, SchemaView } from "@connectry/testing/openapi";
import { firstSentence } from "../data/plain-text.js";

const maxText = 200;
const listKeys = ["allOf", "anyOf", "oneOf", "prefixItems"] as const;

/**
 * A schema as one JSON Schema without references, as tools have it. Below `depth` levels any value is allowed: the call checks it against
 * the whole schema.
 */
export function inlineSchema(view: SchemaView, given: JsonSchema, depth = 4): object {
  const inline = (schema: JsonSchema, levels: number, references = 0): object => {
    if (typeof schema === "boolean") return {};
    if (levels < 0 || references > 16) return {};
    if (schema.$ref !== undefined) {
      const { $ref, ...rest } = schema;
      const target = inline(view.resolve($ref), levels, references + 1);
      return {
        ...target,
        ...(rest.description !== undefined && { description: firstSentence(rest.description, maxText) }),
      };
    }
    const { description, properties, required, items, additionalProperties, readOnly, writeOnly, ...own } = schema;
    const result: Record<string, unknown> = { ...own };
    // Patterns are those of other engines, and clients compile them.
    delete result.pattern;
    if (description !== undefined) result.description = firstSentence(description, maxText);
    if (properties !== undefined) {
      const kept = Object.entries(properties).filter(([, one]) => !(typeof one === "object" && one.readOnly));
      result.properties = Object.fromEntries(kept.map(([name, one]) => [name, inline(one, levels - 1)]));
      const names = (required ?? []).filter((name) => kept.some(([one]) => one === name));
      if (names.length > 0) result.required = names;
    } else if (required !== undefined) result.required = required;
    if (items !== undefined) result.items = inline(items, levels - 1);
    if (typeof additionalProperties === "object")
      result.additionalProperties = inline(additionalProperties, levels - 1);
    else if (additionalProperties === false) result.additionalProperties = false;
    for (const key of listKeys) {
      const list = schema[key];
      if (list !== undefined) result[key] = list.map((one) => inline(one, levels - 1));
    }
    return result;
  };
  return inline(given, depth);
}
