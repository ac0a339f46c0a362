import { getArray, getObject, getString, isObject, type JsonObject } from "../json/json-object.js";
import { resolveReference } from "../json/resolve-reference.js";
import {
  createDocumentSchemas,
  type DocumentSchemas,
  type DocumentSchemasOptions,
} from "../schema/document-schemas.js";

/** A parameter as the document describes it. */
export interface DocumentParameter {
  readonly name: string;
  readonly in: string;
  readonly description?: string | undefined;
  readonly required: boolean;
  readonly style: string | undefined;
  readonly explode: boolean | undefined;
  /** Its schema as in the document; that of its JSON value where the document describes it by `content`. */
  readonly schema: unknown;
  readonly json: boolean;
  readonly multiSegment: boolean;
}

/** How a field of a form is encoded. */
export interface FieldEncoding {
  readonly style: string | undefined;
  readonly explode: boolean | undefined;
  readonly contentType: string | undefined;
}

/** A body in one media type. */
export interface DocumentContent {
  readonly mediaType: string;
  readonly schema: unknown;
  /** How single fields of a form are encoded. */
  readonly encoding: Readonly<Record<string, FieldEncoding>>;
}

/** One operation of a document. The methods read the document when they are first called. */
export interface DocumentOperation {
  /** `GET /v1/customers/{customer}`. */
  readonly id: string;
  readonly operationId: string | undefined;
  readonly method: string;
  readonly path: string;
  /** The texts of the document, as it has them. */
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  readonly schemas: DocumentSchemas;
  /** False where the operation needs no credential. */
  readonly secured: boolean;
  /** False where the word `x-connectry-page` of an overlay says that it is not a list that goes on. */
  readonly paged: boolean;
  /** The base paths of the servers of this operation. */
  readonly basePaths: readonly string[];
  parameters(): readonly DocumentParameter[];
  requestBody(): { readonly required: boolean; readonly content: readonly DocumentContent[] } | undefined;
  /** By status: `200`, `2XX`, `default`. */
  responses(): ReadonlyMap<string, readonly DocumentContent[]>;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

function once<T>(read: () => T): () => T {
  let cached: { readonly value: T } | undefined;
  return () => {
    cached ??= { value: read() };
    return cached.value;
  };
}

function readEncoding(field: JsonObject): FieldEncoding {
  return {
    style: getString(field, "style"),
    explode: typeof field.explode === "boolean" ? field.explode : undefined,
    contentType: getString(field, "contentType"),
  };
}

function contentOf(body: JsonObject): DocumentContent[] {
  return Object.entries(getObject(body, "content")).map(([mediaType, media]) => ({
    mediaType: mediaType.toLowerCase(),
    schema: isObject(media) && media.schema !== undefined ? media.schema : true,
    encoding: Object.fromEntries(
      Object.entries(isObject(media) ? getObject(media, "encoding") : {}).flatMap(([name, field]) =>
        isObject(field) ? [[name, readEncoding(field)]] : [],
      ),
    ),
  }));
}

function readParameter(parameter: JsonObject): DocumentParameter {
  const content = contentOf(parameter)[0];
  return {
    name: getString(parameter, "name") ?? "",
    in: getString(parameter, "in") ?? "",
    description: getString(parameter, "description"),
    required: parameter.required === true || parameter.in === "path",
    style: getString(parameter, "style"),
    explode: typeof parameter.explode === "boolean" ? parameter.explode : undefined,
    schema: content?.schema ?? parameter.schema ?? true,
    json: content !== undefined && /json/.test(content.mediaType),
    multiSegment: parameter["x-multi-segment"] === true,
  };
}

function readParameters(document: JsonObject, item: JsonObject, operation: JsonObject): DocumentParameter[] {
  const byLocation = new Map<string, DocumentParameter>();
  for (const raw of [...getArray(item, "parameters"), ...getArray(operation, "parameters")]) {
    const parameter = readParameter(resolveReference(document, raw));
    byLocation.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  return [...byLocation.values()];
}

function basePathsOf(...levels: readonly JsonObject[]): string[] {
  const urls = levels
    .flatMap((level) => getArray(level, "servers"))
    .map((server) => (isObject(server) ? getString(server, "url") : ""));
  // The URL of a server may be relative, and may contain variables in braces.
  return urls.map((url) => (url ?? "").replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "").replace(/\/+$/, ""));
}

/** Reads every operation of a document, in its order. */
export function readOperations(document: JsonObject, options: DocumentSchemasOptions = {}): DocumentOperation[] {
  const schemas = createDocumentSchemas(document, options);
  const operations: DocumentOperation[] = [];
  for (const [path, rawItem] of Object.entries(getObject(document, "paths"))) {
    const item = resolveReference(document, rawItem);
    for (const method of methods) {
      const operation = item[method];
      if (!isObject(operation)) continue;
      const security = Array.isArray(operation.security) ? operation.security : undefined;
      operations.push({
        id: `${method.toUpperCase()} ${path}`,
        operationId: getString(operation, "operationId"),
        method: method.toUpperCase(),
        path,
        summary: getString(operation, "summary"),
        description: getString(operation, "description"),
        tags: getArray(operation, "tags").filter((tag) => typeof tag === "string"),
        deprecated: operation.deprecated === true,
        schemas,
        paged: operation["x-connectry-page"] !== false,
        secured:
          security === undefined ||
          !(security.length === 0 || security.some((one) => isObject(one) && Object.keys(one).length === 0)),
        basePaths: basePathsOf(document, item, operation),
        parameters: once(() => readParameters(document, item, operation)),
        requestBody: once(() => {
          if (operation.requestBody === undefined) return undefined;
          const body = resolveReference(document, operation.requestBody);
          return { required: body.required === true, content: contentOf(body) };
        }),
        responses: once(() => {
          const entries = Object.entries(getObject(operation, "responses"));
          return new Map(
            entries.map(([status, response]) => [status, contentOf(resolveReference(document, response))]),
          );
        }),
      });
    }
  }
  return operations;
}
