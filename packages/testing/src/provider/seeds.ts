import type { DocumentOperation } from "../document/operation.js";
import type { Route } from "../document/route.js";
import type { SchemaView } from "../schema/schema-space.js";
import type { SchemaTools } from "./document-answers.js";
import type { PageShape } from "./page-shape.js";
import { valueAt } from "./place-value.js";
import type { Records } from "./records.js";

/** The items of lists: seeded by a test, else made when a list is first asked for. */
export interface Seeds {
  seed(path: string, items: readonly object[]): void;
  itemsOf(operation: DocumentOperation, shape: PageShape, path: string): readonly unknown[];
}

/** By what a list's items are told apart: what the cursor is taken from, else the id. */
function keyPath({ pagination }: PageShape): readonly (string | number)[] {
  return pagination.kind === "cursor" && "lastItem" in pagination.from ? pagination.from.lastItem : ["id"];
}

// Samples whose key happens to be random may meet; a few more numbers part them.
const maxMeetings = 20;

/** Keeps the lists of a fake provider. */
export function createSeeds(
  records: Records,
  tools: (view: SchemaView) => SchemaTools,
  route: (method: string, path: string) => Route,
  shapeOf: (operation: DocumentOperation) => PageShape | undefined,
  listLength: number,
): Seeds {
  const make = (operation: DocumentOperation, shape: PageShape): unknown[] => {
    const { sample } = tools(operation.schemas.response);
    const key = keyPath(shape);
    const seen = new Set<unknown>();
    const items: unknown[] = [];
    for (let number = 1; items.length < listLength; number += 1) {
      const item = sample(shape.itemSchema, number);
      const value = valueAt(item, key);
      const meets = value !== undefined && seen.has(value);
      if (meets && number < listLength * maxMeetings) continue;
      seen.add(value);
      items.push(item);
    }
    return items;
  };

  const findList = (path: string) => {
    for (const method of ["GET", "POST"]) {
      const found = route(method, path);
      const shape = found.kind === "operation" ? shapeOf(found.operation) : undefined;
      if (found.kind === "operation" && shape !== undefined)
        return { operation: found.operation, shape, at: found.path };
    }
    throw new Error(`seed: no list of the document is at ${path}.`);
  };

  return {
    itemsOf: (operation, shape, path) => {
      const seeded = records.list(path) ?? records.list(operation.path);
      if (seeded !== undefined) return seeded;
      const items = make(operation, shape);
      records.setList(path, items);
      return items;
    },
    seed: (path, items) => {
      const { operation, shape, at } = findList(path);
      const view = operation.schemas.response;
      const whole = items.map((item, index) => {
        const record: unknown = { ...(tools(view).sample(shape.itemSchema, index + 1) as object), ...item };
        const problems = view.problems(record, shape.itemSchema);
        if (problems.length === 0) return record;
        throw new Error(`seed: item ${index} of ${path} breaks its schema: ${problems.join("; ")}.`);
      });
      records.setList(at, whole);
    },
  };
}
