import type { Path } from "@connectry/core";
import { isObject } from "../document/json.js";
import type { DocumentOperation } from "../document/operation.js";
import type { Route } from "../document/route.js";
import { schemaKey } from "../schema/json-schema.js";
import type { SchemaView } from "../schema/schema-space.js";
import type { SchemaTools } from "../schema/schema-tools.js";
import type { ListShape, PageShape, PageShapes } from "./page-shape.js";
import { valueAt } from "./place-value.js";
import { type PathId, type Records, type Thing, unknownThing } from "./records.js";
import { keyAbove, type Resources } from "./resources.js";
import { formOf, pathIdOf, written } from "./thing-forms.js";

/** The lists of a fake provider: seeded by a test, else made when they are first asked for. */
export interface Seeds {
  seed(path: string, items: readonly object[]): void;
  /** The items of a list, each as its schema has it. */
  itemsOf(operation: DocumentOperation, shape: ListShape, path: string): readonly unknown[];
  /** What is known of the object at a key, also where its list was seeded for all paths. */
  find(operation: DocumentOperation, key: string): Thing | undefined;
}

/** What seeds stand on. */
export interface SeedOptions {
  readonly records: Records;
  readonly resources: Resources;
  readonly shapes: PageShapes;
  readonly tools: (view: SchemaView) => SchemaTools;
  readonly route: (method: string, path: string) => Route;
  readonly listLength: number;
}

/** What a list's cursor is taken from, where it is taken from its items. */
function cursorPath(shape: ListShape | PageShape): Path | undefined {
  if (!("pagination" in shape) || shape.pagination.kind !== "cursor") return undefined;
  return "lastItem" in shape.pagination.from ? shape.pagination.from.lastItem : undefined;
}

// Samples whose id happens to be random may meet; a few more numbers part them.
const maxMeetings = 20;

/** A sampled object with a number for its id, where that is what its ids are: random ones would meet. */
export function numbered(object: unknown, parameter: string | undefined, number: number): PathId | undefined {
  const id = pathIdOf(object, parameter);
  return id !== undefined && /^\d+$/.test(id.value) ? { parameter, value: String(number) } : id;
}

/** Keeps the lists of a fake provider. */
export function createSeeds({ records, resources, shapes, tools, route, listLength }: SeedOptions): Seeds {
  // Seeds for every path of a template, by the template.
  const templates = new Map<string, readonly Thing[]>();

  const contextOf = (operation: DocumentOperation) => {
    const view = operation.schemas.response;
    return { view, tools: tools(view) };
  };

  /** A search looks through the list that it stands below. */
  const keyOf = (operation: DocumentOperation, path: string): string => {
    const key = resources.key(operation, path);
    const list = resources.of(operation).above?.operations.get("GET");
    return operation.path.endsWith("/search") && list !== undefined && shapes.page(list) !== undefined
      ? keyAbove(key)
      : key;
  };

  const thingOf = (operation: DocumentOperation, shape: ListShape, item: unknown, number: number): Thing => {
    const parameter = resources.of(operation).itemParameter;
    const { sample } = contextOf(operation).tools;
    const id = numbered(item, parameter, number);
    const form = id === undefined ? item : written(contextOf(operation), shape.itemSchema, item, {}, { id });
    const known = isObject(form) ? form : (form ?? sample(shape.itemSchema, number));
    return { number, id: pathIdOf(form, parameter), known, forms: new Map([[schemaKey(shape.itemSchema), form]]) };
  };

  const make = (operation: DocumentOperation, shape: ListShape): Thing[] => {
    const { sample } = tools(operation.schemas.response);
    const key = cursorPath(shape);
    const seen = new Set<unknown>();
    const things: Thing[] = [];
    for (let number = 1; things.length < listLength; number += 1) {
      const thing = thingOf(operation, shape, sample(shape.itemSchema, number), number);
      const value = (key === undefined ? undefined : valueAt(thing.known, key)) ?? thing.id?.value;
      const meets = value !== undefined && seen.has(value);
      if (meets && number < listLength * maxMeetings) continue;
      seen.add(value);
      things.push(thing);
    }
    return things;
  };

  const findList = (path: string) => {
    for (const method of ["GET", "POST"]) {
      const found = route(method, path);
      const shape = found.kind === "operation" ? shapes.list(found.operation) : undefined;
      if (found.kind === "operation" && shape !== undefined)
        return { operation: found.operation, shape, path: found.path };
    }
    throw new Error(`seed: no list of the document is at ${path}.`);
  };

  const fresh = (things: readonly Thing[]): Thing[] =>
    things.map((thing) => ({ ...thing, forms: new Map(thing.forms) }));

  return {
    itemsOf: (operation, shape, path) => {
      const context = contextOf(operation);
      const key = keyOf(operation, path);
      if (records.list(key) === undefined) {
        const seeded = templates.get(resources.key(operation, operation.path));
        records.fill(key, seeded === undefined ? make(operation, shape) : fresh(seeded));
      }
      const sample = (number: number) => context.tools.sample(shape.itemSchema, number);
      return (records.list(key) ?? []).map((thing) => formOf(context, shape.itemSchema, thing, sample));
    },
    find: (operation, key) => {
      const known = records.get(key);
      const list = resources.of(operation).above?.operations.get("GET");
      if (known !== undefined || list === undefined || resources.of(operation).parameter === undefined) return known;
      const seeded = templates.get(resources.key(list, list.path));
      if (seeded === undefined || records.list(keyAbove(key)) !== undefined) return undefined;
      records.fill(keyAbove(key), fresh(seeded));
      return records.get(key);
    },
    seed: (path, items) => {
      const { operation, shape, path: at } = findList(path);
      const { view, tools: schemaTools } = contextOf(operation);
      const things = items.map((item, index) => {
        const form: unknown = { ...(schemaTools.sample(shape.itemSchema, index + 1) as object), ...item };
        const problems = view.problems(form, shape.itemSchema);
        if (problems.length > 0)
          throw new Error(`seed: item ${index} of ${path} breaks its schema: ${problems.join("; ")}.`);
        const id = pathIdOf(form, resources.of(operation).itemParameter);
        return { ...unknownThing(index + 1, id), known: form, forms: new Map([[schemaKey(shape.itemSchema), form]]) };
      });
      if (at === operation.path && at.includes("{")) templates.set(resources.key(operation, at), things);
      else records.replace(resources.key(operation, at), things);
    },
  };
}
