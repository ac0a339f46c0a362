import type { SchemaSpace } from "../schema/schema-space.js";
import { createSchemaSpace } from "../schema/schema-space.js";
import { isObject, type JsonObject, listAt, objectAt, textAt } from "./json.js";
import { resolveReference } from "./resolve-reference.js";

/** A parameter as the document describes it. */
export interface DocumentParameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly style: string | undefined;
  readonly explode: boolean | undefined;
  /** Its schema as the document has it; the schema of its JSON where it is given as content. */
  readonly schema: unknown;
  readonly json: boolean;
  readonly multiSegment: boolean;
}

/** A media type of a body. */
export interface DocumentContent {
  readonly mediaType: string;
  readonly schema: unknown;
}

/** One operation of a document; what costs time is read when it is first asked for. */
export interface DocumentOperation {
  /** `GET /v1/customers/{customer}`. */
  readonly id: string;
  readonly operationId: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly schemas: SchemaSpace;
  /** False where the document says that no credential is needed. */
  readonly secured: boolean;
  /** Base paths of the servers that this operation is served from. */
  readonly basePaths: readonly string[];
  parameters(): readonly DocumentParameter[];
  requestBody(): { readonly required: boolean; readonly content: readonly DocumentContent[] } | undefined;
  /** By status: `200`, `2XX`, `default`. */
  responses(): ReadonlyMap<string, readonly DocumentContent[]>;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

function once<T>(read: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: read() };
    return known.value;
  };
}

function contentOf(body: JsonObject): DocumentContent[] {
  return Object.entries(objectAt(body, "content")).map(([mediaType, media]) => ({
    mediaType: mediaType.toLowerCase(),
    schema: isObject(media) && media.schema !== undefined ? media.schema : true,
  }));
}

function readParameter(parameter: JsonObject): DocumentParameter {
  const content = contentOf(parameter)[0];
  return {
    name: textAt(parameter, "name") ?? "",
    in: textAt(parameter, "in") ?? "",
    required: parameter.required === true || parameter.in === "path",
    style: textAt(parameter, "style"),
    explode: typeof parameter.explode === "boolean" ? parameter.explode : undefined,
    schema: content?.schema ?? parameter.schema ?? true,
    json: content !== undefined && /json/.test(content.mediaType),
    multiSegment: parameter["x-multi-segment"] === true,
  };
}

function readParameters(document: JsonObject, item: JsonObject, operation: JsonObject): DocumentParameter[] {
  const byPlace = new Map<string, DocumentParameter>();
  for (const raw of [...listAt(item, "parameters"), ...listAt(operation, "parameters")]) {
    const parameter = readParameter(resolveReference(document, raw));
    byPlace.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  return [...byPlace.values()];
}

function basePathsOf(...holders: readonly JsonObject[]): string[] {
  const urls = holders
    .flatMap((holder) => listAt(holder, "servers"))
    .map((server) => (isObject(server) ? textAt(server, "url") : ""));
  // A server's URL may be relative, and may hold variables in braces.
  return urls.map((url) => (url ?? "").replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "").replace(/\/+$/, ""));
}

/** Every operation of a document, in its order. */
export function readOperations(document: JsonObject): DocumentOperation[] {
  const schemas = createSchemaSpace(document);
  const operations: DocumentOperation[] = [];
  for (const [path, rawItem] of Object.entries(objectAt(document, "paths"))) {
    const item = resolveReference(document, rawItem);
    for (const method of methods) {
      const operation = item[method];
      if (!isObject(operation)) continue;
      const security = Array.isArray(operation.security) ? operation.security : undefined;
      operations.push({
        id: `${method.toUpperCase()} ${path}`,
        operationId: textAt(operation, "operationId"),
        method: method.toUpperCase(),
        path,
        schemas,
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
          const entries = Object.entries(objectAt(operation, "responses"));
          return new Map(
            entries.map(([status, response]) => [status, contentOf(resolveReference(document, response))]),
          );
        }),
      });
    }
  }
  return operations;
}
