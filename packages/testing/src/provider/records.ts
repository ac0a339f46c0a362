import type { Path } from "@connectry/core";
import { isObject } from "../document/json.js";
import { valueAt } from "./place-value.js";

/** What a fake provider holds: lists by their path, and single objects by theirs. */
export interface Records {
  /** The list at a path; undefined where none was set. */
  list(path: string): readonly unknown[] | undefined;
  setList(path: string, items: readonly unknown[]): void;
  /** The object at a path: put there, or an item of the list above it with that id. */
  get(path: string): unknown;
  put(path: string, object: unknown): void;
  /** 1, 2, 3 ... for each name: what is made gets a number of its own. */
  nextNumber(name: string): number;
}

const idPath: Path = ["id"];

/** The id of an object as it stands in a path; undefined where it has none. */
export function idOf(object: unknown): string | undefined {
  const id = valueAt(object, idPath);
  return typeof id === "string" || typeof id === "number" ? String(id) : undefined;
}

/** An object with another id, where it has one of the same type. */
export function withId(object: unknown, id: string): unknown {
  if (!isObject(object)) return object;
  if (typeof object.id === "string") return { ...object, id };
  return typeof object.id === "number" && /^\d{1,15}$/.test(id) ? { ...object, id: Number(id) } : object;
}

/** Empty records. */
export function createRecords(): Records {
  const lists = new Map<string, readonly unknown[]>();
  const objects = new Map<string, unknown>();
  const numbers = new Map<string, number>();
  return {
    list: (path) => lists.get(path),
    setList: (path, items) => void lists.set(path, items),
    get: (path) => {
      const slash = path.lastIndexOf("/");
      const id = path.slice(slash + 1);
      return objects.get(path) ?? lists.get(path.slice(0, slash))?.find((item) => idOf(item) === id);
    },
    put: (path, object) => void objects.set(path, object),
    nextNumber: (name) => {
      const number = (numbers.get(name) ?? 0) + 1;
      numbers.set(name, number);
      return number;
    },
  };
}
