import type { JsonPath } from "@connectry/core";
import type { DocumentOperation } from "../document/operation.js";
import { isObject } from "../json/json-object.js";
import { getAtPath, setAtPath } from "../json/json-path.js";
import { emptyObject, keyInList, type ObjectStore, type StoredObject } from "../objects/object-store.js";
import { mergeMembers, objectIdOf, represent, writeTo } from "../objects/representations.js";
import { type JsonSchema, schemaKey } from "../schema/json-schema.js";
import type { SchemaToolsOf } from "../schema/schema-tools.js";
import type { ListFilters } from "./list-filters.js";
import type { PageShapes } from "./page-shape.js";
import type { Resource } from "./resources.js";
import { numberedId, type Seeds } from "./seeds.js";

/** A request that was checked against the document. */
export interface ValidRequest {
  readonly operation: DocumentOperation;
  /** The path as sent, from which the keys of objects are made. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** The origin of the server, for URLs in responses. */
  readonly origin: string;
}

/** One request, and the resource that it is for. */
export interface RequestContext {
  readonly request: ValidRequest;
  readonly resource: Resource;
  readonly key: string;
  /** The schema of the response, or of one object in it; undefined where that is not JSON. */
  readonly schema: JsonSchema | undefined;
}

/** An object after it was written, and its representation in the response. */
export interface WrittenObject {
  readonly object: StoredObject;
  readonly representation: unknown;
}

/** What writes to objects depend on. */
export interface ObjectWriteOptions {
  readonly store: ObjectStore;
  readonly seeds: Seeds;
  readonly shapes: PageShapes;
  readonly filters: Pick<ListFilters, "defaultsOf">;
  readonly tools: SchemaToolsOf;
  /** The number of sampled items of a list: created objects are numbered after them. */
  readonly listLength: number;
  /** The members that announce further pages, which a list without pages must not do. */
  readonly hasMorePaths: readonly JsonPath[];
}

/** Reads and writes single objects of a fake provider. */
export interface ObjectWrites {
  sample(context: RequestContext, schema: JsonSchema, number: number): unknown;
  representationOf(context: RequestContext, object: StoredObject): unknown;
  /** The object of the path; one without members where there is none. */
  requestedObject(context: RequestContext): StoredObject;
  /** Writes the body of a request to an object, which is not stored. */
  update(context: RequestContext, object: StoredObject): WrittenObject;
  /** Creates an object of the list at the key of the context, and stores it there. */
  create(context: RequestContext): WrittenObject;
}

const maxCollisions = 20;

/** Creates the reads and writes of single objects: what is known of an object, on top of a sample. */
export function createObjectWrites(options: ObjectWriteOptions): ObjectWrites {
  const { store, seeds, shapes, filters, tools, listLength, hasMorePaths } = options;

  const representationContext = ({ request }: RequestContext, schema: JsonSchema) => {
    const view = request.operation.schemas.response;
    return { view, tools: tools(view), schema };
  };
  const sample: ObjectWrites["sample"] = (context, schema, number) => {
    const value = representationContext(context, schema).tools.sample(schema, number);
    for (const path of hasMorePaths) if (getAtPath(value, path) === true) setAtPath(value, path, false);
    return value;
  };
  const representationOf: ObjectWrites["representationOf"] = (context, object) => {
    const { schema } = context;
    if (schema === undefined) return undefined;
    return represent(representationContext(context, schema), object, (number) => sample(context, schema, number));
  };
  const defaultsOf = ({ resource }: RequestContext) => {
    const list = resource.operations.get("GET");
    const shape = list === undefined ? undefined : shapes.list(list);
    return list === undefined || shape === undefined ? {} : filters.defaultsOf(list, shape);
  };

  return {
    sample,
    representationOf,
    requestedObject: ({ request, resource, key }) => {
      const { parameter } = resource;
      const value = parameter === undefined ? undefined : request.params[parameter];
      const id = value === undefined ? undefined : { parameter, value };
      return seeds.find(request.operation, key) ?? emptyObject(0, id);
    },
    update: (context, object) => {
      const { schema, request } = context;
      const { body, operation } = request;
      const withBody = mergeMembers(object.data, body);
      if (schema === undefined)
        return {
          object: { ...object, isSample: false, data: withBody, representations: new Map() },
          representation: undefined,
        };
      const write = { changes: body, id: object.id, merge: operation.method !== "PUT" };
      const before = representationOf(context, object);
      const representation = writeTo(representationContext(context, schema), before, write);
      const data = mergeMembers(withBody, representation);
      return {
        object: { ...object, isSample: false, data, representations: new Map([[schemaKey(schema), representation]]) },
        representation,
      };
    },
    create: (context) => {
      const { request, resource, key, schema } = context;
      const parameter = resource.itemParameter;
      const next = () => listLength + store.nextNumber(key);
      const changes = isObject(request.body) ? { ...defaultsOf(context), ...request.body } : request.body;
      for (let number = next(), collisions = 0; ; number = next(), collisions += 1) {
        const sampled = schema === undefined ? undefined : sample(context, schema, number);
        const requestedId = objectIdOf(request.body, parameter);
        const id = requestedId ?? numberedId(sampled, parameter, number);
        const representation =
          schema === undefined ? undefined : writeTo(representationContext(context, schema), sampled, { changes, id });
        const object: StoredObject = {
          number,
          id: (isObject(representation) ? objectIdOf(representation, parameter) : undefined) ?? requestedId,
          data: mergeMembers(changes, representation),
          representations: schema === undefined ? new Map() : new Map([[schemaKey(schema), representation]]),
        };
        const objectKey = keyInList(key, object);
        const collides = objectKey !== undefined && requestedId === undefined && store.get(objectKey) !== undefined;
        if (collides && collisions < maxCollisions) continue;
        if (objectKey !== undefined && (schema === undefined || isObject(representation))) store.add(key, object);
        return { object, representation };
      }
    },
  };
}
