import { fieldOf } from "../document/json.js";
import type { NamedOperation } from "../operations/api-operation.js";
import { requestMedia } from "../operations/request-media.js";
import type { GeneratorProfile } from "../profile/generator-profile.js";
import type { CursorTarget, JsonPath, ListStyle } from "../profile/list-style.js";
import { canBeNested, canBeNumber, hasArrayAt, schemaAt } from "./schema-shape.js";

/** Whether an operation takes what leads to the next page of a style, in a form that it can have. */
export function takesNextPage(operation: NamedOperation, style: ListStyle, profile: GeneratorProfile): boolean {
  const schemaOf = (target: CursorTarget) => parameterSchema(operation, target, profile);
  if (style.ask !== undefined && schemaOf(style.ask) === undefined) return false;
  switch (style.kind) {
    case "cursor": {
      const schema = schemaOf(style.into);
      if (schema === undefined || canBeNested(operation.document, schema)) return false;
      return !("lastItem" in style.from) || !hasUnknownOrder(operation, [style.into.name, style.opposite ?? ""]);
    }
    case "offset":
    case "page-number": {
      const schema = schemaOf(style.into);
      return schema !== undefined && canBeNumber(operation.document, schema);
    }
    case "link-header":
      return operation.method === "GET" && hasQuery(operation, ["page", "per_page"]);
    case "next-url":
      // Single objects have lists of links, too.
      return operation.method === "GET" && (style.href === undefined || takesNumber(operation));
  }
}

// Parameters that take an id before or after which a page is.
const BESIDE_ID = /^(starting_?|start_?)?after(_?id)?$|^(ending_?|end_?)?before(_?id)?$/i;

/**
 * Whether an operation takes ids of both directions, of which the style knows one only: then `after` can mean newer ids, and not
 * those further down the list.
 */
function hasUnknownOrder(operation: NamedOperation, known: readonly string[]): boolean {
  return operation.parameters.some(
    ({ place, name }) => place === "query" && BESIDE_ID.test(name) && !known.includes(name),
  );
}

/** Whether a body with the cursor has the items, too: such a request writes what the response returns, and asks for no list. */
export function repeatsRequest(
  operation: NamedOperation,
  style: ListStyle,
  { items, profile }: { readonly items: JsonPath; readonly profile: GeneratorProfile },
): boolean {
  if (!("into" in style) || style.into.in === "query") return false;
  const request = requestMedia(operation, profile);
  return request !== undefined && items.length > 0 && hasArrayAt(operation.document, request.media.schema, items);
}

/** The schema of a parameter in the query or of a field of the JSON body; undefined where the operation does not have it. */
function parameterSchema(operation: NamedOperation, target: CursorTarget, profile: GeneratorProfile): unknown {
  const { in: place, name, inside } = target;
  if (place === "query") {
    const parameter = operation.parameters.find((one) => one.place === "query" && one.name === name);
    return parameter === undefined ? undefined : (fieldOf(parameter.json, "schema") ?? {});
  }
  const request = requestMedia(operation, profile);
  return request?.form === "json" ? schemaAt(operation.document, request.media.schema, [...inside, name]) : undefined;
}

function takesNumber({ document, parameters }: NamedOperation): boolean {
  return parameters.some(({ place, json }) => place === "query" && canBeNumber(document, fieldOf(json, "schema")));
}

function hasQuery(operation: NamedOperation, names: readonly string[]): boolean {
  return operation.parameters.some(({ place, name }) => place === "query" && names.includes(name));
}
