import { fieldOf, objectIn } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import { isArray } from "../generate/facts/schema-shape.js";
import type { ApiOperation } from "../generate/operations/api-operation.js";
import { readMedia } from "../generate/operations/media-type.js";
import { successResponses } from "../generate/operations/response-media.js";
import type { JsonPath } from "../generate/profile/generator-profile.js";
import { isScalar, type LocatedSchema, propertySchemas } from "./schema-paths.js";

/** The parts of an operation that show how its list is paginated. */
export interface PaginationHints {
  readonly operation: ApiOperation;
  /** The paths of the lists in its response, the shallowest first. */
  readonly lists: readonly JsonPath[];
  /** The strings and numbers of its response, without those inside of lists. */
  readonly scalars: readonly LocatedSchema[];
  /** The schemas of its query parameters. */
  readonly query: ReadonlyMap<string, unknown>;
  /** The schemas of the fields of its JSON body. */
  readonly body: ReadonlyMap<string, unknown>;
  /** Whether its response declares a `Link` header. */
  readonly hasLink: boolean;
}

// Deep enough for `paging.next.after` and `meta.pagination.links.next`.
const DEPTH = 4;
const LIST_DEPTH = 2;

/** The hints of an operation that returns a list; undefined for other operations. */
export function readPaginationHints(operation: ApiOperation): PaginationHints | undefined {
  if (operation.method !== "GET" && operation.method !== "POST") return undefined;
  const { document } = operation;
  const response = successResponses(operation).find(({ media }) => media.some(({ kind }) => kind === "json"));
  const schema = response?.media.find(({ kind }) => kind === "json")?.schema;
  if (response === undefined || schema === undefined) return undefined;
  const lists = propertySchemas(document, schema, LIST_DEPTH)
    .filter(({ schema: one }) => isArray(document, one))
    .map(({ path }) => path);
  if (isArray(document, schema)) lists.unshift([]);
  if (lists.length === 0) return undefined;
  const parameters = operation.parameters.filter(({ place }) => place === "query");
  const json = readMedia(document, operation.body?.json).find(({ kind }) => kind === "json");
  const fields = json === undefined ? [] : propertySchemas(document, json.schema, 1);
  const responses = objectIn(operation.json, "responses");
  const headers = objectIn(followReference(document, fieldOf(responses, response.status)), "headers");
  return {
    operation,
    lists,
    scalars: propertySchemas(document, schema, DEPTH).filter(({ schema: one }) =>
      isScalar(document, one, ["string", "integer", "number"]),
    ),
    query: new Map(parameters.map(({ name, json: one }) => [name, followReference(document, fieldOf(one, "schema"))])),
    body: new Map(fields.map(({ path, schema: one }) => [String(path[0]), one])),
    hasLink: Object.keys(headers).some((name) => /^link$/i.test(name)),
  };
}
