import type { ProviderProfile } from "@connectry/core";
import type { DocumentOperation } from "../document/operation.js";
import { type EncodedResponse, encodeResponse } from "../http/encode-response.js";
import { setAtPath } from "../json/json-path.js";
import { emptyObject, type StoredObject } from "../objects/object-store.js";
import { type JsonSchema, schemaKey } from "../schema/json-schema.js";
import { createBatchResponder } from "./batch-response.js";
import { isJsonContent, successResponse } from "./documented-responses.js";
import type { ListFilters } from "./list-filters.js";
import { markSuccess } from "./mark-success.js";
import {
  createObjectWrites,
  type ObjectWriteOptions,
  type RequestContext,
  type ValidRequest,
} from "./object-writes.js";
import { createChangeReports, type OnChange } from "./report-change.js";
import { parentKey, type Resources } from "./resources.js";

/** What the responses of a fake provider depend on. */
export interface OperationResponderOptions extends ObjectWriteOptions {
  readonly profile: ProviderProfile;
  readonly resources: Resources;
  readonly filters: ListFilters;
  readonly acceptsUnknownIds: boolean;
  readonly onChange: OnChange | undefined;
}

/** The path that redirects point to. It is not in the document, and needs no credential. */
export const downloadPath = "/-/download";

const pdf = new Uint8Array(Buffer.from("%PDF-1.4\n%%EOF\n"));

/** Creates the responses that are not pages: the created, seeded or updated object where there is one, else a sample. */
export function createOperationResponder(
  options: OperationResponderOptions,
): (request: ValidRequest) => EncodedResponse {
  const { store, resources, shapes, seeds, filters, profile } = options;

  const writes = createObjectWrites(options);
  const { representationOf, requestedObject, update } = writes;
  const report = createChangeReports(writes, options.onChange);
  const respondToBatch = createBatchResponder({ ...options, writes, report });

  const write = (context: RequestContext): unknown => {
    const { request, resource, key } = context;
    const before = requestedObject(context);
    const { object, representation } = update(context, before);
    const isStored = resource.parameter !== undefined || resource.operations.has("GET");
    if (!isStored) return representation;
    // A PUT to a path without an object creates it, and adds it to its list.
    const creates = request.operation.method === "PUT" && object.id !== undefined && store.get(key) === undefined;
    if (creates) store.add(parentKey(key), object);
    else store.put(key, object);
    report(context, { kind: creates ? "created" : "updated", object, representation, before });
    return representation;
  };

  /** The object of an action that returns that object: `POST /v1/payment_intents/{intent}/confirm`. */
  const actionTarget = ({ request, resource, key, schema }: RequestContext): StoredObject | undefined => {
    const parameter = resource.parent?.parameter;
    const read = resource.parent?.operations.get("GET");
    if (parameter === undefined || read === undefined || !returnsSchema(read, schema)) return undefined;
    const id = { parameter, value: request.params[parameter] ?? "" };
    return seeds.find(read, parentKey(key)) ?? emptyObject(0, id);
  };

  const returnsSchema = (read: DocumentOperation | undefined, schema: JsonSchema | undefined): boolean => {
    const content = read === undefined ? undefined : successResponse(read).content;
    if (read === undefined || content === undefined || schema === undefined) return false;
    return schemaKey(read.schemas.response.convert(content.schema)) === schemaKey(schema);
  };

  const remove = (context: RequestContext): unknown => {
    const { request, resource, key, schema } = context;
    const object = requestedObject(context);
    const read = resource.operations.get("GET");
    const representation = representationOf(context, object);
    const list = read === undefined ? undefined : shapes.page(read);
    if (list === undefined) report(context, { kind: "deleted", object });
    if (list !== undefined) {
      // A DELETE of a list without a body deletes all of its items.
      if (request.body === undefined) store.replace(key, []);
    } else if (!returnsSchema(read, schema)) store.remove(key);
    // An object that a DELETE returns as a GET does, such as a canceled subscription, still exists.
    else store.put(key, object);
    return representation;
  };

  const created = (context: RequestContext): unknown => {
    const { object, representation } = writes.create(context);
    report(context, { kind: "created", object, representation });
    return representation;
  };

  const bodyFor = (context: RequestContext): unknown => {
    const { request, resource } = context;
    const { operation } = request;
    const { method } = operation;
    if (method === "DELETE") return remove(context);
    const isItem = resource.parameter !== undefined;
    const read = resource.operations.get("GET");
    const isList = read !== undefined && shapes.list(read) !== undefined;
    if (method === "POST" && !isItem && (resource.itemParameter !== undefined || isList)) return created(context);
    if (method === "POST" || method === "PUT" || method === "PATCH") {
      const target = isItem ? undefined : actionTarget(context);
      if (target === undefined) return write(context);
      const { object, representation } = update(context, target);
      store.put(parentKey(context.key), object);
      const action = operation.path.split("/").at(-1);
      report(context, { kind: "updated", object, representation, before: target, action });
      return representation;
    }
    const shape =
      isItem || (resource.itemParameter === undefined && !resource.operations.has("POST"))
        ? undefined
        : shapes.list(operation);
    if (shape === undefined) return representationOf(context, requestedObject(context));
    const items = filters.apply(
      { operation, shape, items: seeds.itemsOf({ operation, shape }, request.path) },
      request,
    );
    return setAtPath(writes.sample(context, shape.pageSchema, 0), shape.items, items);
  };

  return (request) => {
    const { operation, origin, path } = request;
    const batch = respondToBatch(request);
    if (batch !== undefined) return encodeResponse(batch);
    const { status, content } = successResponse(operation);
    const isJson = content !== undefined && isJsonContent(content) && status < 300;
    const schema = isJson ? operation.schemas.response.convert(content.schema) : undefined;
    const resource = resources.of(operation);
    const body = bodyFor({ request, resource, key: resources.key(operation, path), schema });
    if (status >= 300 && status < 400)
      return encodeResponse({ status, headers: { location: `${origin}${downloadPath}` } });
    if (content === undefined) return encodeResponse({ status });
    if (isJson) {
      const json = markSuccess(profile, body);
      // A text is sent as it is, unless it is encoded here.
      const headers = { "content-type": "application/json" };
      if (typeof json === "string") return encodeResponse({ status, headers, body: JSON.stringify(json) });
      return encodeResponse({ status, body: json });
    }
    const isText = content.mediaType.startsWith("text/");
    const headers = {
      "content-type": content.mediaType.includes("*") ? "application/octet-stream" : content.mediaType,
    };
    return encodeResponse({ status, headers, body: isText ? `A sample of ${operation.id}.\n` : pdf });
  };
}

/** The response at `downloadPath`. */
export function downloadResponse(): EncodedResponse {
  return encodeResponse({ headers: { "content-type": "application/octet-stream" }, body: pdf });
}
