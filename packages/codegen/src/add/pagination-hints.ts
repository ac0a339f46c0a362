import { fieldOf, objectIn } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import { pickItems } from "../generate/facts/pick-items.js";
import { isArray } from "../generate/facts/schema-shape.js";
import type { ApiOperation } from "../generate/operations/api-operation.js";
import { readMedia } from "../generate/operations/media-type.js";
import { successResponses } from "../generate/operations/response-media.js";
import type { JsonPath } from "../generate/profile/generator-profile.js";
import { isScalar, type LocatedSchema, propertySchemas } from "./schema-paths.js";

/** The parts of an operation that show how its list is paginated. */
export interface PaginationHints {
  readonly operation: ApiOperation;
  /** The schema of its response. */
  readonly page: unknown;
  /** Where the response has the items; undefined where several lists compete. */
  readonly items: JsonPath | undefined;
  /** The strings and numbers of its response, without those inside of lists. */
  readonly scalars: readonly LocatedSchema[];
  /** Those of them that are numbers. */
  readonly counts: readonly LocatedSchema[];
  /** The booleans of its response, without those inside of lists. */
  readonly flags: readonly LocatedSchema[];
  /** The objects of its response, without those inside of lists. */
  readonly objects: readonly LocatedSchema[];
  /** The schemas of its query parameters. */
  readonly query: ReadonlyMap<string, unknown>;
  /** The fields of its JSON body, and those of the objects in it. */
  readonly body: readonly LocatedSchema[];
  /** Whether its response declares a `Link` header. */
  readonly hasLink: boolean;
}

// Deep enough for `paging.next.after` and `meta.pagination.links.next`.
const DEPTH = 4;
const LIST_DEPTH = 2;
const BODY_DEPTH = 2;

/** The hints of an operation that returns a list; undefined for other operations. */
export function readPaginationHints(operation: ApiOperation): PaginationHints | undefined {
  if (operation.method !== "GET" && operation.method !== "POST") return undefined;
  const { document } = operation;
  const response = successResponses(operation).find(({ media }) => media.some(({ kind }) => kind === "json"));
  const schema = response?.media.find(({ kind }) => kind === "json")?.schema;
  if (response === undefined || schema === undefined) return undefined;
  const hasList =
    isArray(document, schema) ||
    propertySchemas(document, schema, LIST_DEPTH).some(({ schema: one }) => isArray(document, one));
  if (!hasList) return undefined;
  const parameters = operation.parameters.filter(({ place }) => place === "query");
  const json = readMedia(document, operation.body?.json).find(({ kind }) => kind === "json");
  const properties = propertySchemas(document, schema, DEPTH);
  const ofType = (...types: string[]) => properties.filter(({ schema: one }) => isScalar(document, one, types));
  const responses = objectIn(operation.json, "responses");
  const headers = objectIn(followReference(document, fieldOf(responses, response.status)), "headers");
  return {
    operation,
    page: schema,
    items: pickItems(document, operation.path, schema),
    scalars: ofType("string", "integer", "number"),
    counts: ofType("integer", "number"),
    flags: ofType("boolean"),
    objects: ofType("object"),
    query: new Map(parameters.map(({ name, json: one }) => [name, followReference(document, fieldOf(one, "schema"))])),
    body: json === undefined ? [] : propertySchemas(document, json.schema, BODY_DEPTH),
    hasLink: Object.keys(headers).some((name) => /^link$/i.test(name)),
  };
}
