import { fieldOf, objectIn } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import { isArray } from "../generate/facts/schema-shape.js";
import type { Path } from "../generate/generator-profile.js";
import type { ApiOperation } from "../generate/operations/api-operation.js";
import { readMedia } from "../generate/operations/media-type.js";
import { successResponses } from "../generate/operations/response-media.js";
import { isScalar, placesOf, type SchemaPlace } from "./schema-paths.js";

/** What an operation shows of how its lists go on. */
export interface PageSigns {
  readonly operation: ApiOperation;
  /** Where its answer has lists, the nearest first. */
  readonly lists: readonly Path[];
  /** Texts and numbers of its answer, outside of lists. */
  readonly scalars: readonly SchemaPlace[];
  /** Its query parameters and their schemas. */
  readonly query: ReadonlyMap<string, unknown>;
  /** The fields of its JSON body and their schemas. */
  readonly body: ReadonlyMap<string, unknown>;
  /** Whether its answer declares a `Link` header. */
  readonly hasLink: boolean;
}

// Deep enough for `paging.next.after` and `meta.pagination.links.next`.
const DEPTH = 4;
const LIST_DEPTH = 2;

/** The signs of an operation that answers with a list; undefined where it does not. */
export function readPageSigns(operation: ApiOperation): PageSigns | undefined {
  if (operation.method !== "GET" && operation.method !== "POST") return undefined;
  const { document } = operation;
  const response = successResponses(operation).find(({ media }) => media.some(({ kind }) => kind === "json"));
  const schema = response?.media.find(({ kind }) => kind === "json")?.schema;
  if (response === undefined || schema === undefined) return undefined;
  const lists = placesOf(document, schema, LIST_DEPTH)
    .filter(({ schema: one }) => isArray(document, one))
    .map(({ path }) => path);
  if (isArray(document, schema)) lists.unshift([]);
  if (lists.length === 0) return undefined;
  const parameters = operation.parameters.filter(({ place }) => place === "query");
  const json = readMedia(document, operation.body?.json).find(({ kind }) => kind === "json");
  const fields = json === undefined ? [] : placesOf(document, json.schema, 1);
  const answers = objectIn(operation.json, "responses");
  const headers = objectIn(followReference(document, fieldOf(answers, response.status)), "headers");
  return {
    operation,
    lists,
    scalars: placesOf(document, schema, DEPTH).filter(({ schema: one }) =>
      isScalar(document, one, ["string", "integer", "number"]),
    ),
    query: new Map(parameters.map(({ name, json: one }) => [name, followReference(document, fieldOf(one, "schema"))])),
    body: new Map(fields.map(({ path, schema: one }) => [String(path[0]), one])),
    hasLink: Object.keys(headers).some((name) => /^link$/i.test(name)),
  };
}
