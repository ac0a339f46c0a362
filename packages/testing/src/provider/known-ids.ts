import type { DocumentOperation } from "../document/operation.js";
import type { EncodedResponse } from "../http/encode-response.js";
import { findIdName } from "../objects/match-name.js";
import type { ObjectStore } from "../objects/object-store.js";
import { typesOf } from "../schema/json-schema.js";
import type { SchemaToolsOf } from "../schema/schema-tools.js";
import type { PageShapes } from "./page-shape.js";
import { parentKey, type Resource, type Resources } from "./resources.js";
import type { ListOperation, Seeds } from "./seeds.js";

/** The objects that a fake provider has. */
export interface KnownIds {
  /** The key of the first object on a path that is not in its list; undefined where all are, or have no list. */
  unknownIn(operation: DocumentOperation, path: string): string | undefined;
  /** Remembers the ids in a response: an object that it names, such as the invoice of a subscription, can be read. */
  remember(response: EncodedResponse): void;
  /** Forgets them: a list was seeded, and what it had before does not exist. */
  forget(): void;
}

/** What the knowledge of ids depends on. */
export interface KnownIdsOptions {
  readonly store: ObjectStore;
  readonly resources: Resources;
  readonly shapes: PageShapes;
  readonly seeds: Seeds;
  readonly tools: SchemaToolsOf;
}

// As many as a test looks back to, without keeping those of an endless run.
const maxResponses = 1_000;

/** Tells which objects exist: those in the list above them, and those that a response has named. */
export function createKnownIds({ store, resources, shapes, seeds, tools }: KnownIdsOptions): KnownIds {
  const responses: Uint8Array[] = [];

  /**
   * Whether the parameter of a path is the id in the items of its list. Where they have a number and the path has a text, as a GitHub
   * user has `id` and `login`, it is another name of theirs.
   */
  const isIdOf = (
    operation: DocumentOperation,
    parameter: string,
    { operation: read, shape }: ListOperation,
  ): boolean => {
    const { request, response } = operation.schemas;
    const members = tools(read.schemas.response).schemaAt(shape.itemSchema, [])?.properties ?? {};
    const name = findIdName(parameter, Object.keys(members));
    const inPath = operation.parameters().find((one) => one.in === "path" && one.name === parameter);
    if (name === undefined || inPath === undefined) return false;
    const idTypes = typesOf(tools(response).schemaAt(shape.itemSchema, [name]) ?? {});
    const pathTypes = typesOf(tools(request).schemaAt(request.convert(inPath.schema), []) ?? {});
    return !idTypes.includes("integer") || !pathTypes.includes("string");
  };

  const isNamed = (key: string): boolean => {
    const id = JSON.stringify(decodeURIComponent(key.slice(key.lastIndexOf("/") + 1)));
    return responses.some((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(id));
  };

  const exists = (operation: DocumentOperation, resource: Resource, key: string): boolean => {
    const read = resource.parent?.operations.get("GET");
    const shape = read === undefined ? undefined : shapes.list(read);
    if (resource.parameter === undefined || read === undefined || shape === undefined) return true;
    const list = { operation: read, shape };
    if (store.get(key) !== undefined || !isIdOf(operation, resource.parameter, list)) return true;
    const objects = seeds.objectsOf(list, parentKey(key));
    return (
      store.get(key) !== undefined ||
      isNamed(key) ||
      (objects.length > 0 && objects.every(({ id }) => id === undefined))
    );
  };

  return {
    unknownIn: (operation, path) => {
      // A PUT creates its object.
      let resource: Resource | undefined = resources.of(operation);
      let key = resources.key(operation, path);
      if (operation.method === "PUT") [resource, key] = [resource.parent, parentKey(key)];
      for (; resource !== undefined; [resource, key] = [resource.parent, parentKey(key)])
        if (!exists(operation, resource, key)) return key;
      return undefined;
    },
    remember: ({ body, headers }) => {
      if (body === undefined || headers["content-type"] !== "application/json") return;
      responses.push(body);
      if (responses.length > maxResponses) responses.shift();
    },
    forget: () => {
      responses.length = 0;
    },
  };
}
