import { arrayIn, fieldOf, isJsonObject, type JsonObject, objectIn } from "../../document/json.js";

/** Where a schema is used: whether callers write its values or the provider does, and the media type of a body. */
export interface SchemaUse {
  readonly direction: "request" | "response";
  readonly mediaType?: string;
}

/** Maps a schema where it is used: in a body, a parameter, a header. */
export type MapUse = (schema: unknown, use: SchemaUse) => unknown;

/** The schema that a mark of ours is about (`marks.ts`): it is walked like every other. */
export const SUBJECT = "x-connectry-subject";

const BY_NAME = ["properties", "patternProperties"];
const SINGLE = ["additionalProperties", "items", SUBJECT];
const LISTS = ["prefixItems", "allOf", "anyOf", "oneOf"];

/** Maps a value or the values of an object, and keeps names of `Object.prototype` as own names. */
export function mapValues(values: JsonObject, map: (value: unknown, name: string) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value, name)]));
}

/** A copy of a cleaned schema with its direct subschemas mapped. */
export function mapSubschemas(schema: JsonObject, map: (schema: unknown) => unknown): JsonObject {
  return mapValues(schema, (value, keyword) => {
    if (BY_NAME.includes(keyword) && isJsonObject(value)) return mapValues(value, map);
    if (SINGLE.includes(keyword)) return map(value);
    return LISTS.includes(keyword) && Array.isArray(value) ? value.map((member) => map(member)) : value;
  });
}

/** Maps a schema and all below it, the innermost first. */
export function mapInnermostFirst(schema: unknown, map: (schema: JsonObject) => unknown): unknown {
  if (!isJsonObject(schema)) return schema;
  return map(mapSubschemas(schema, (child) => mapInnermostFirst(child, map)));
}

/** Maps a schema and then all below the result, so that a schema sees the members of its `allOf` as they were. */
export function mapOutermostFirst(schema: unknown, map: (schema: JsonObject) => JsonObject): unknown {
  if (!isJsonObject(schema)) return schema;
  return mapSubschemas(map(schema), (child) => mapOutermostFirst(child, map));
}

/** Maps every use of a schema in a cleaned document, and the schemas of its components by `mapComponent`. */
export function mapUses(
  document: JsonObject,
  map: MapUse,
  mapComponent: (schema: unknown, name: string) => unknown,
): JsonObject {
  const components = objectIn(document, "components");
  const sections: Record<string, (value: unknown, name: string) => unknown> = {
    schemas: mapComponent,
    parameters: (value) => mapHolder(value, map, REQUEST),
    requestBodies: (value) => mapContent(value, map, REQUEST),
    headers: (value) => mapHolder(value, map, RESPONSE),
    responses: (value) => mapResponse(value, map),
  };
  const webhooks = fieldOf(document, "webhooks");
  return {
    ...document,
    paths: mapItems(objectIn(document, "paths"), map, REQUEST),
    // The provider writes the body of a webhook.
    ...(webhooks !== undefined && { webhooks: mapItems(webhooks as JsonObject, map, RESPONSE) }),
    components: mapValues(components, (values, section) => mapValues(values as JsonObject, sections[section] ?? same)),
  };
}

/** Maps every schema of a cleaned document. */
export function mapSchemas(document: JsonObject, map: (schema: unknown) => unknown): JsonObject {
  return mapUses(document, map, map);
}

const REQUEST: SchemaUse = { direction: "request" };
const RESPONSE: SchemaUse = { direction: "response" };

const same = (value: unknown) => value;

function mapItems(items: JsonObject, map: MapUse, ofBody: SchemaUse): JsonObject {
  return mapValues(items, (item) =>
    mapValues(item as JsonObject, (operation) => {
      const body = fieldOf(operation, "requestBody");
      return {
        ...(operation as JsonObject),
        parameters: arrayIn(operation, "parameters").map((parameter) => mapHolder(parameter, map, REQUEST)),
        ...(body !== undefined && { requestBody: mapContent(body, map, ofBody) }),
        responses: mapValues(objectIn(operation, "responses"), (response) => mapResponse(response, map)),
      };
    }),
  );
}

function mapResponse(response: unknown, map: MapUse): unknown {
  const mapped = mapContent(response, map, RESPONSE) as JsonObject;
  const headers = fieldOf(mapped, "headers");
  if (!isJsonObject(headers)) return mapped;
  return { ...mapped, headers: mapValues(headers, (header) => mapHolder(header, map, RESPONSE)) };
}

function mapContent(body: unknown, map: MapUse, use: SchemaUse): unknown {
  const content = fieldOf(body, "content");
  if (!isJsonObject(content)) return body;
  return {
    ...(body as JsonObject),
    content: mapValues(content, (media, type) => mapHolder(media, map, { ...use, mediaType: type })),
  };
}

function mapHolder(holder: unknown, map: MapUse, use: SchemaUse): unknown {
  const schema = fieldOf(holder, "schema");
  return schema === undefined ? holder : { ...(holder as JsonObject), schema: map(schema, use) };
}
