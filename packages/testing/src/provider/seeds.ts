import type { JsonPath } from "@connectry/core";
import type { DocumentOperation } from "../document/operation.js";
import type { Router } from "../document/router.js";
import { isObject } from "../json/json-object.js";
import { getAtPath } from "../json/json-path.js";
import { emptyObject, type ObjectId, type ObjectStore, type StoredObject } from "../objects/object-store.js";
import { objectIdOf, represent, writeTo } from "../objects/representations.js";
import { schemaKey } from "../schema/json-schema.js";
import type { SchemaToolsOf } from "../schema/schema-tools.js";
import { validateMembers } from "../schema/validate-members.js";
import type { ListFilters, ListItem } from "./list-filters.js";
import type { ListShape, PageShape, PageShapes } from "./page-shape.js";
import { parentKey, type Resources } from "./resources.js";

/** The lists of a fake provider: seeded by a test, or filled with samples when they are first read. */
export interface Seeds {
  seed(path: string, items: readonly object[]): void;
  /** The items of a list at a path as sent. */
  itemsOf(list: ListOperation, path: string): readonly ListItem[];
  /** The object at a key, also where its list was seeded for all paths of a template. */
  find(operation: DocumentOperation, key: string): StoredObject | undefined;
  /** The objects of a list at a key, which is filled with samples when it is first read. */
  objectsOf(list: ListOperation, key: string): readonly StoredObject[];
}

/** An operation that returns a list, and where its response has the items. */
export interface ListOperation {
  readonly operation: DocumentOperation;
  readonly shape: ListShape;
}

/** What the lists of a fake provider depend on. */
export interface SeedOptions {
  readonly store: ObjectStore;
  readonly resources: Resources;
  readonly shapes: PageShapes;
  readonly filters: Pick<ListFilters, "defaultsOf">;
  readonly tools: SchemaToolsOf;
  readonly route: Router;
  readonly listLength: number;
}

/** The member of an item that is its cursor, in lists that have such. */
function cursorPath(shape: ListShape | PageShape): JsonPath | undefined {
  if (!("pagination" in shape) || shape.pagination.kind !== "cursor") return undefined;
  return "lastItem" in shape.pagination.from ? shape.pagination.from.lastItem : undefined;
}

// Of a long list with ids, these samples are used in turn: the sampler keeps them.
const sampledItems = 25;
// Random ids of samples may collide; a few more numbers give distinct ones.
const maxCollisions = 20;

/** The id of a sampled object; a numeric one is replaced by the number, since random numbers would collide. */
export function numberedId(object: unknown, parameter: string | undefined, number: number): ObjectId | undefined {
  const id = objectIdOf(object, parameter);
  return id !== undefined && /^\d+$/.test(id.value) ? { parameter, value: String(number) } : id;
}

/** Creates the lists of a fake provider. */
export function createSeeds({ store, resources, shapes, filters, tools, route, listLength }: SeedOptions): Seeds {
  // Objects that were seeded for every path of a template, by the template.
  const templates = new Map<string, readonly StoredObject[]>();

  const contextOf = ({ operation, shape }: ListOperation) => {
    const view = operation.schemas.response;
    return { view, tools: tools(view), schema: shape.itemSchema };
  };

  /** The key of the list that an operation reads; a search reads the list above it. */
  const listKey = (operation: DocumentOperation, path: string): string => {
    const key = resources.key(operation, path);
    const list = resources.of(operation).parent?.operations.get("GET");
    const isSearch = operation.path.endsWith("/search") && list !== undefined && shapes.page(list) !== undefined;
    return isSearch ? parentKey(key) : key;
  };

  const toObject = (list: ListOperation, item: unknown, number: number): StoredObject => {
    const context = contextOf(list);
    const parameter = resources.of(list.operation).itemParameter;
    const id = numberedId(item, parameter, number);
    const changes = filters.defaultsOf(list.operation, list.shape);
    const isSample = id === undefined && Object.keys(changes).length === 0;
    const representation = isSample ? item : writeTo(context, item, { changes, id });
    return {
      isSample: true,
      number,
      id: objectIdOf(representation, parameter),
      data: isObject(representation)
        ? representation
        : (representation ?? context.tools.sample(context.schema, number)),
      representations: new Map([[schemaKey(context.schema), representation]]),
    };
  };

  const sampleObjects = (list: ListOperation): StoredObject[] => {
    const { tools: schemaTools, schema } = contextOf(list);
    const cursor = cursorPath(list.shape);
    const seen = new Set<unknown>();
    const objects: StoredObject[] = [];
    for (let number = 1; objects.length < listLength; number += 1) {
      const object = toObject(list, schemaTools.sample(schema, number), number);
      const value = (cursor === undefined ? undefined : getAtPath(object.data, cursor)) ?? object.id?.value;
      const collides = value !== undefined && seen.has(value);
      if (collides && number < listLength * maxCollisions) continue;
      seen.add(value);
      objects.push(object);
    }
    return objects;
  };

  const findList = (path: string) => {
    for (const method of ["GET", "POST"]) {
      const found = route(method, path);
      const shape = found.kind === "operation" ? shapes.list(found.operation) : undefined;
      if (found.kind === "operation" && shape !== undefined)
        return { list: { operation: found.operation, shape }, path: found.path };
    }
    throw new Error(`cannot seed ${path}: the document has no list at this path`);
  };

  const copy = (objects: readonly StoredObject[]): StoredObject[] =>
    objects.map((object) => ({ ...object, representations: new Map(object.representations) }));

  const objectsOf: Seeds["objectsOf"] = (list, key) => {
    if (store.list(key) === undefined) {
      const seeded = templates.get(resources.key(list.operation, list.operation.path));
      store.fill(key, seeded === undefined ? sampleObjects(list) : copy(seeded));
    }
    return store.list(key) ?? [];
  };

  return {
    objectsOf,
    itemsOf: (list, path) => {
      const context = contextOf(list);
      const sample = (number: number) => context.tools.sample(context.schema, number);
      const objects = objectsOf(list, listKey(list.operation, path));
      return objects.map((object) => ({
        item: represent(context, object, sample),
        isSample: object.isSample === true,
      }));
    },
    find: (operation, key) => {
      const known = store.get(key);
      const list = resources.of(operation).parent?.operations.get("GET");
      if (known !== undefined || list === undefined || resources.of(operation).parameter === undefined) return known;
      const seeded = templates.get(resources.key(list, list.path));
      if (seeded === undefined || store.list(parentKey(key)) !== undefined) return undefined;
      store.fill(parentKey(key), copy(seeded));
      return store.get(key);
    },
    seed: (path, items) => {
      const { list, path: listPath } = findList(path);
      const { view, tools: schemaTools, schema } = contextOf(list);
      const parameter = resources.of(list.operation).itemParameter;
      const defaults = filters.defaultsOf(list.operation, list.shape);
      const objects = items.map((given, index) => {
        const own = Object.entries(given).filter(([, value]) => value !== undefined);
        const item: Record<string, unknown> = { ...defaults, ...Object.fromEntries(own) };
        const sampled = (number: number) => schemaTools.sample(schema, number) as object;
        const idOf = (object: object) => objectIdOf(object, parameter)?.value;
        let sample = sampled(1 + (index % sampledItems));
        // An item whose id is sampled, too, needs a sample of its own.
        const hasOwnId = idOf(item) !== undefined && idOf(item) === idOf({ ...sample, ...item });
        if (index >= sampledItems && !hasOwnId) sample = sampled(index + 1);
        const errors = validateMembers(view, schema, { valid: { ...sample }, members: item });
        if (errors.length > 0) throw new Error(`cannot seed ${path}: item ${index} is invalid: ${errors.join("; ")}`);
        const representation: unknown = { ...sample, ...item };
        const id = objectIdOf(representation, parameter);
        const representations = new Map([[schemaKey(schema), representation]]);
        return { ...emptyObject(index + 1, id), data: representation, representations };
      });
      const key = resources.key(list.operation, listPath);
      if (listPath === list.operation.path && listPath.includes("{")) templates.set(key, objects);
      else store.replace(key, objects);
    },
  };
}
