import type { JsonPath, ProviderProfile } from "@connectry/core";
import type { DocumentOperation } from "../document/operation.js";
import { type EncodedResponse, encodeResponse } from "../http/encode-response.js";
import { isObject } from "../json/json-object.js";
import { getAtPath, setAtPath } from "../json/json-path.js";
import { type JsonSchema, schemaKey } from "../schema/json-schema.js";
import type { SchemaToolsOf } from "../schema/schema-tools.js";
import { isJsonContent, successResponse } from "./documented-responses.js";
import { markSuccess } from "./mark-success.js";
import { emptyObject, keyInList, type ObjectStore, type StoredObject } from "./object-store.js";
import type { PageShapes } from "./page-shape.js";
import { mergeMembers, objectIdOf, represent, writeTo } from "./representations.js";
import { parentKey, type Resource, type Resources } from "./resources.js";
import { numberedId, type Seeds } from "./seeds.js";

/** A request that was checked against the document. */
export interface ValidRequest {
  readonly operation: DocumentOperation;
  /** The path as sent, from which the keys of objects are made. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The origin of the server, for URLs in responses. */
  readonly origin: string;
}

/** What the responses of a fake provider depend on. */
export interface OperationResponderOptions {
  readonly profile: ProviderProfile;
  readonly store: ObjectStore;
  readonly resources: Resources;
  readonly shapes: PageShapes;
  readonly seeds: Seeds;
  readonly tools: SchemaToolsOf;
  /** The number of sampled items of a list: created objects are numbered after them. */
  readonly listLength: number;
  /** The members that announce further pages, which a list without pages must not do. */
  readonly hasMorePaths: readonly JsonPath[];
}

/** The path that redirects point to. It is not in the document, and needs no credential. */
export const downloadPath = "/-/download";

const pdf = new Uint8Array(Buffer.from("%PDF-1.4\n%%EOF\n"));
const maxCollisions = 20;

/** One request, and the resource that it is for. */
interface RequestContext {
  readonly request: ValidRequest;
  readonly resource: Resource;
  readonly key: string;
  /** The schema of the response; undefined where that is not JSON. */
  readonly schema: JsonSchema | undefined;
}

/** Creates the responses that are not pages: the created, seeded or updated object where there is one, else a sample. */
export function createOperationResponder(
  options: OperationResponderOptions,
): (request: ValidRequest) => EncodedResponse {
  const { store, resources, shapes, seeds, tools, listLength, hasMorePaths, profile } = options;

  const representationContext = ({ request }: RequestContext, schema: JsonSchema) => {
    const view = request.operation.schemas.response;
    return { view, tools: tools(view), schema };
  };
  const samplerOf = (context: RequestContext, schema: JsonSchema) => (number: number) => {
    const sample = representationContext(context, schema).tools.sample(schema, number);
    for (const path of hasMorePaths) if (getAtPath(sample, path) === true) setAtPath(sample, path, false);
    return sample;
  };
  const representationOf = (context: RequestContext, object: StoredObject): unknown =>
    context.schema === undefined
      ? undefined
      : represent(representationContext(context, context.schema), object, samplerOf(context, context.schema));

  const requestedObject = ({ request, resource, key }: RequestContext): StoredObject => {
    const { parameter } = resource;
    const value = parameter === undefined ? undefined : request.params[parameter];
    const id = value === undefined ? undefined : { parameter, value };
    return seeds.find(request.operation, key) ?? emptyObject(0, id);
  };

  /** An object after the body of a request was written to it, and its representation in the response. */
  const update = (
    context: RequestContext,
    object: StoredObject,
  ): { readonly object: StoredObject; readonly representation: unknown } => {
    const { schema, request } = context;
    const { body, operation } = request;
    const withBody = mergeMembers(object.data, body);
    if (schema === undefined)
      return { object: { ...object, data: withBody, representations: new Map() }, representation: undefined };
    const write = { changes: body, id: object.id, merge: operation.method !== "PUT" };
    const before = representationOf(context, object);
    const representation = writeTo(representationContext(context, schema), before, write);
    const data = mergeMembers(withBody, representation);
    return {
      object: { ...object, data, representations: new Map([[schemaKey(schema), representation]]) },
      representation,
    };
  };

  const create = (context: RequestContext): unknown => {
    const { request, resource, key, schema } = context;
    const parameter = resource.itemParameter;
    const next = () => listLength + store.nextNumber(key);
    for (let number = next(), collisions = 0; ; number = next(), collisions += 1) {
      const sample = schema === undefined ? undefined : samplerOf(context, schema)(number);
      const requestedId = objectIdOf(request.body, parameter);
      const id = requestedId ?? numberedId(sample, parameter, number);
      const representation =
        schema === undefined
          ? undefined
          : writeTo(representationContext(context, schema), sample, { changes: request.body, id });
      const object: StoredObject = {
        number,
        id: (isObject(representation) ? objectIdOf(representation, parameter) : undefined) ?? requestedId,
        data: mergeMembers(request.body, representation),
        representations: schema === undefined ? new Map() : new Map([[schemaKey(schema), representation]]),
      };
      const objectKey = keyInList(key, object);
      const collides = objectKey !== undefined && requestedId === undefined && store.get(objectKey) !== undefined;
      if (collides && collisions < maxCollisions) continue;
      if (objectKey !== undefined && (schema === undefined || isObject(representation))) store.add(key, object);
      return representation;
    }
  };

  const write = (context: RequestContext): unknown => {
    const { request, resource, key } = context;
    const { object, representation } = update(context, requestedObject(context));
    const isStored = resource.parameter !== undefined || resource.operations.has("GET");
    if (!isStored) return representation;
    // A PUT to a path without an object creates it, and adds it to its list.
    const creates = request.operation.method === "PUT" && object.id !== undefined && store.get(key) === undefined;
    if (creates) store.add(parentKey(key), object);
    else store.put(key, object);
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
    if (list !== undefined) {
      // A DELETE of a list without a body deletes all of its items.
      if (request.body === undefined) store.replace(key, []);
    } else if (!returnsSchema(read, schema)) store.remove(key);
    // An object that a DELETE returns as a GET does, such as a canceled subscription, still exists.
    else store.put(key, object);
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
    if (method === "POST" && !isItem && (resource.itemParameter !== undefined || isList)) return create(context);
    if (method === "POST" || method === "PUT" || method === "PATCH") {
      const target = isItem ? undefined : actionTarget(context);
      if (target === undefined) return write(context);
      const { object, representation } = update(context, target);
      store.put(parentKey(context.key), object);
      return representation;
    }
    const shape =
      isItem || (resource.itemParameter === undefined && !resource.operations.has("POST"))
        ? undefined
        : shapes.list(operation);
    if (shape === undefined) return representationOf(context, requestedObject(context));
    const items = seeds.itemsOf({ operation, shape }, request.path);
    return setAtPath(samplerOf(context, shape.pageSchema)(0), shape.items, items);
  };

  return (request) => {
    const { operation, origin, path } = request;
    const { status, content } = successResponse(operation);
    const isJson = content !== undefined && isJsonContent(content) && status < 300;
    const schema = isJson ? operation.schemas.response.convert(content.schema) : undefined;
    const resource = resources.of(operation);
    const body = bodyFor({ request, resource, key: resources.key(operation, path), schema });
    if (status >= 300 && status < 400)
      return encodeResponse({ status, headers: { location: `${origin}${downloadPath}` } });
    if (content === undefined) return encodeResponse({ status });
    if (isJson) return encodeResponse({ status, body: markSuccess(profile, body) });
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
