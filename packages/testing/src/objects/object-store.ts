/** The id of an object in its path: `{ parameter: "issue_number", value: "26" }`. */
export interface ObjectId {
  readonly parameter: string | undefined;
  readonly value: string;
}

/** An object of a fake provider. */
export interface StoredObject {
  /** Whether no test has written it: it filled a list that was not seeded. */
  readonly isSample?: boolean | undefined;
  /** The number of the samples that the rest of the object is filled from. */
  readonly number: number;
  /** Undefined where the object has no path. */
  readonly id: ObjectId | undefined;
  /** The members from requests and responses; a string or a number where a list holds such values. */
  readonly data: unknown;
  /** The object in each schema that it was read in, by schema key. */
  readonly representations: Map<unknown, unknown>;
}

/** The objects of a fake provider by their keys (paths), and their lists. */
export interface ObjectStore {
  get(key: string): StoredObject | undefined;
  /** Stores an object, also where it was deleted before. Lists that have it show the new one. */
  put(key: string, object: StoredObject): void;
  /** Deletes the object or list at a key, and everything below it. */
  remove(key: string): void;
  /** Whether the object or list at a key, or above it, was deleted. */
  isDeleted(key: string): boolean;
  /** The objects of a list; undefined until it is filled. */
  list(key: string): readonly StoredObject[] | undefined;
  /** Fills a list after the objects that were added to it. Objects that exist or were deleted are not replaced. */
  fill(key: string, objects: readonly StoredObject[]): void;
  /** Replaces all objects of a list. */
  replace(key: string, objects: readonly StoredObject[]): void;
  /** Adds an object at the beginning of a list. */
  add(key: string, object: StoredObject): void;
  /** Counts 1, 2, 3 ... for each key, to number the objects that are created. */
  nextNumber(key: string): number;
}

/** An object in a list: its key, so that the list shows changes; the object itself where it has no key. */
type ListEntry = string | StoredObject;

interface List {
  entries: ListEntry[];
  filled: boolean;
}

/** The key of an object in a list; undefined for an object without an id. */
export function keyInList(list: string, object: StoredObject): string | undefined {
  return object.id === undefined ? undefined : `${list}/${encodeURIComponent(object.id.value)}`;
}

/** An object without known members. */
export function emptyObject(number: number, id?: ObjectId): StoredObject {
  return { number, id, data: {}, representations: new Map() };
}

/** Creates an empty store. */
export function createObjectStore(): ObjectStore {
  const objects = new Map<string, StoredObject>();
  const lists = new Map<string, List>();
  const deleted = new Set<string>();
  const numbers = new Map<string, number>();

  const listOf = (key: string): List => {
    const list = lists.get(key) ?? { entries: [], filled: false };
    lists.set(key, list);
    return list;
  };
  const put = (key: string, object: StoredObject) => {
    deleted.delete(key);
    objects.set(key, object);
  };
  const isDeleted = (key: string): boolean => {
    if (deleted.size === 0) return false;
    for (let end = key.length; end > 0; end = key.lastIndexOf("/", end - 1)) {
      if (deleted.has(key.slice(0, end))) return true;
    }
    return false;
  };

  return {
    get: (key) => objects.get(key),
    put,
    isDeleted,
    remove: (key) => {
      deleted.add(key);
      const below = `${key}/`;
      for (const known of objects.keys()) if (known === key || known.startsWith(below)) objects.delete(known);
      for (const known of lists.keys()) if (known === key || known.startsWith(below)) lists.delete(known);
    },
    list: (key) => {
      const list = lists.get(key);
      if (list?.filled !== true) return undefined;
      return list.entries
        .map((entry) => (typeof entry === "string" ? objects.get(entry) : entry))
        .filter((one) => one !== undefined);
    },
    fill: (key, added) => {
      const list = listOf(key);
      list.filled = true;
      for (const object of added) {
        const objectKey = keyInList(key, object);
        if (objectKey !== undefined && (deleted.has(objectKey) || list.entries.includes(objectKey))) continue;
        if (objectKey !== undefined && !objects.has(objectKey)) objects.set(objectKey, object);
        list.entries.push(objectKey ?? object);
      }
    },
    replace: (key, replacements) => {
      for (const entry of lists.get(key)?.entries ?? []) if (typeof entry === "string") objects.delete(entry);
      const entries = replacements.map((object): ListEntry => {
        const objectKey = keyInList(key, object);
        if (objectKey !== undefined) put(objectKey, object);
        return objectKey ?? object;
      });
      lists.set(key, { entries, filled: true });
    },
    add: (key, object) => {
      const list = listOf(key);
      const objectKey = keyInList(key, object);
      if (objectKey !== undefined) put(objectKey, object);
      const entry = objectKey ?? object;
      list.entries = [entry, ...list.entries.filter((one) => one !== entry)];
    },
    nextNumber: (key) => {
      const number = (numbers.get(key) ?? 0) + 1;
      numbers.set(key, number);
      return number;
    },
  };
}
