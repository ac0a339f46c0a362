import type { DocumentContent, DocumentOperation } from "../document/operation.js";
import { isObject } from "../json/json-object.js";
import { emptyObject, keyInList, type ObjectStore, type StoredObject } from "../objects/object-store.js";
import type { JsonSchema } from "../schema/json-schema.js";
import type { SchemaToolsOf } from "../schema/schema-tools.js";
import { isJsonContent, successResponse } from "./documented-responses.js";
import type { ObjectWrites, RequestContext, ValidRequest } from "./object-writes.js";
import type { PageShapes } from "./page-shape.js";
import type { ReportChange } from "./report-change.js";
import { parentKey, type Resource, type Resources } from "./resources.js";
import type { Seeds } from "./seeds.js";

/** What batches depend on. */
export interface BatchOptions {
  readonly store: ObjectStore;
  readonly resources: Resources;
  readonly shapes: PageShapes;
  readonly seeds: Seeds;
  readonly tools: SchemaToolsOf;
  readonly writes: ObjectWrites;
  readonly report: ReportChange;
  readonly acceptsUnknownIds: boolean;
}

/** The body of the response to a batch, and its status. */
export interface BatchResponse {
  readonly status: number;
  readonly body: unknown;
}

/** An operation with an array `inputs`, and an array `results` of its response. */
interface Batch {
  readonly action: string;
  /** Of a result; undefined where the response has no body. */
  readonly itemSchema: JsonSchema | undefined;
  readonly pageSchema: JsonSchema | undefined;
  /** The list that the objects are of; undefined where the document has none. */
  readonly list: Resource | undefined;
}

/** What became of one input. */
type Result = { readonly found: true; readonly value: unknown } | { readonly found: false; readonly id: string };

const actionInPath = /\/batch\/([a-z]+)$/;

/** Responds to operations such as `POST /crm/v3/objects/contacts/batch/read`; undefined for any other operation. */
export function createBatchResponder(options: BatchOptions): (request: ValidRequest) => BatchResponse | undefined {
  const { store, resources, shapes, seeds, tools, writes, report, acceptsUnknownIds } = options;
  const batches = new WeakMap<DocumentOperation, { readonly batch: Batch | undefined }>();

  const jsonSchema = (operation: DocumentOperation, content: DocumentContent | undefined) =>
    content !== undefined && isJsonContent(content) ? operation.schemas.response.convert(content.schema) : undefined;

  const find = (operation: DocumentOperation): Batch | undefined => {
    const action = actionInPath.exec(operation.path)?.[1];
    const input = operation.requestBody()?.content.find(isJsonContent);
    if (operation.method !== "POST" || action === undefined || input === undefined) return undefined;
    const { request, response } = operation.schemas;
    if (tools(request).schemaAt(request.convert(input.schema), ["inputs"])?.items === undefined) return undefined;
    const { content } = successResponse(operation);
    const pageSchema = jsonSchema(operation, content);
    const itemSchema = pageSchema === undefined ? undefined : tools(response).schemaAt(pageSchema, ["results"])?.items;
    if (content !== undefined && itemSchema === undefined) return undefined;
    return { action, itemSchema, pageSchema, list: resources.at(operation.path.replace(actionInPath, "")) };
  };

  const isKnownList = (list: Resource | undefined) => {
    const read = list?.operations.get("GET");
    const shape = read === undefined ? undefined : shapes.list(read);
    return read === undefined || shape === undefined ? undefined : { operation: read, shape };
  };

  /** The object that an input names: by its id, or by a property that is unique (`idProperty` of the body or the input). */
  const findObject = (context: RequestContext, input: Readonly<Record<string, unknown>>): StoredObject | undefined => {
    const { key, resource } = context;
    const { idProperty, id } = input;
    const list = isKnownList(resource);
    const objects = list === undefined ? [] : seeds.objectsOf(list, key);
    if (typeof idProperty !== "string") return store.get(keyOf(key, String(id)));
    return objects.find(({ data }) => {
      const properties = isObject(data) && isObject(data.properties) ? data.properties : data;
      return isObject(properties) && properties[idProperty] === id;
    });
  };
  const keyOf = (key: string, id: string) => `${key}/${encodeURIComponent(id)}`;

  const respondTo = (context: RequestContext, action: string, members: Readonly<Record<string, unknown>>): Result => {
    const id = String(members.id);
    const known = action === "create" ? undefined : findObject(context, members);
    if (action === "create" || (known === undefined && action === "upsert")) {
      const created = writes.create(context);
      report(context, { kind: "created", ...created });
      return { found: true, value: created.representation };
    }
    const mayBeSampled = acceptsUnknownIds || isKnownList(context.resource) === undefined;
    if (known === undefined && !mayBeSampled) return { found: false, id };
    const object = known ?? emptyObject(0, { parameter: context.resource.itemParameter, value: id });
    const key = keyInList(context.key, object) ?? keyOf(context.key, id);
    if (action === "archive") {
      report(context, { kind: "deleted", object });
      store.remove(key);
      return { found: true, value: undefined };
    }
    if (action === "read") return { found: true, value: writes.representationOf(context, object) };
    const written = writes.update(context, object);
    store.put(key, written.object);
    report(context, { kind: "updated", ...written, before: object });
    return { found: true, value: written.representation };
  };

  /** The members that a response with several statuses has for the inputs that were not found. */
  const withErrors = (operation: DocumentOperation, results: readonly unknown[], missing: readonly string[]) => {
    const content = operation.responses().get("207")?.find(isJsonContent);
    const schema = jsonSchema(operation, content);
    if (schema === undefined || missing.length === 0) return undefined;
    const { sample, schemaAt } = tools(operation.schemas.response);
    const errorSchema = schemaAt(schema, ["errors"])?.items;
    const message = `not found: ${missing.join(", ")}`;
    const error = {
      ...(errorSchema === undefined ? {} : (sample(errorSchema, 0, "minimal") as object)),
      status: "error",
      category: "OBJECT_NOT_FOUND",
      message,
      context: { ids: missing },
    };
    const body = sample(schema, 0) as object;
    return { ...body, results, errors: [error], ...("numErrors" in body ? { numErrors: 1 } : {}) };
  };

  return (request) => {
    const { operation, body } = request;
    const { batch } = batches.get(operation) ?? { batch: find(operation) };
    batches.set(operation, { batch });
    if (batch === undefined || !isObject(body) || !Array.isArray(body.inputs)) return undefined;
    const { action, itemSchema, pageSchema, list } = batch;
    const { idProperty } = body;
    const key = parentKey(parentKey(resources.key(operation, request.path)));
    const resource = list ?? {
      parameter: undefined,
      itemParameter: undefined,
      operations: new Map(),
      parent: undefined,
    };
    const known = isKnownList(list);
    if (known !== undefined) seeds.objectsOf(known, key);
    const all = body.inputs.map((input: unknown): Result => {
      const members: Readonly<Record<string, unknown>> = {
        ...(idProperty === undefined ? {} : { idProperty }),
        ...(isObject(input) ? input : {}),
      };
      const { id: _, idProperty: __, ...changes } = members;
      // An id is that of an object: only what is created may bring its own.
      const own = action === "create" ? input : changes;
      return respondTo({ request: { ...request, body: own }, resource, key, schema: itemSchema }, action, members);
    });
    const results = all.flatMap((result) => (result.found ? [result.value] : []));
    const missing = all.flatMap((result) => (result.found ? [] : [result.id]));
    const { status } = successResponse(operation);
    const failed = withErrors(operation, results, missing);
    if (failed !== undefined) return { status: 207, body: failed };
    if (pageSchema === undefined) return { status, body: undefined };
    return { status, body: { ...(tools(operation.schemas.response).sample(pageSchema, 0) as object), results } };
  };
}
