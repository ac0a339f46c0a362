/** How an object is named in its path: `{ parameter: "issue_number", value: "26" }`. */
export interface PathId {
  readonly parameter: string | undefined;
  readonly value: string;
}

/** An object that a fake provider holds: what is known of it, and how it looks wherever it was read. */
export interface Thing {
  /** What is not known of it is sampled with this number. */
  readonly number: number;
  /** Undefined where it has no path of its own. */
  readonly id: PathId | undefined;
  /** What requests and answers said of it: the members of an object; a text or number where a list holds such. */
  readonly known: unknown;
  /** How it looks in the schemas that it was read in, by what names them. */
  readonly forms: Map<unknown, unknown>;
}

/** What a fake provider holds: objects by their keys (paths), and the lists that they stand in. */
export interface Records {
  get(key: string): Thing | undefined;
  /** Puts an object in its place, also in a list that has it, and where it was deleted before. */
  put(key: string, thing: Thing): void;
  /** Deletes what stands at a key, and all that stands below it. */
  remove(key: string): void;
  /** Whether what stands at a key, or above it, was deleted. */
  isGone(key: string): boolean;
  /** What a list holds; undefined until it is filled. */
  list(key: string): readonly Thing[] | undefined;
  /** Fills a list behind what was added to it; what is known or deleted already stays so. */
  fill(key: string, things: readonly Thing[]): void;
  /** Makes a list hold these things and no others. */
  replace(key: string, things: readonly Thing[]): void;
  /** Adds an object at the beginning of a list. */
  add(key: string, thing: Thing): void;
  /** 1, 2, 3 ... for each name: what is made gets a number of its own. */
  nextNumber(name: string): number;
}

/** An object in a list: by its key, so that a change is seen there too; itself where it has none. */
type Entry = string | Thing;

interface List {
  entries: Entry[];
  filled: boolean;
}

/** The key of an object in a list; undefined where nothing names it. */
export function keyIn(list: string, thing: Thing): string | undefined {
  return thing.id === undefined ? undefined : `${list}/${encodeURIComponent(thing.id.value)}`;
}

/** A thing of which only a number, and maybe an id, is known. */
export function unknownThing(number: number, id?: PathId): Thing {
  return { number, id, known: {}, forms: new Map() };
}

/** Empty records. */
export function createRecords(): Records {
  const things = new Map<string, Thing>();
  const lists = new Map<string, List>();
  const gone = new Set<string>();
  const numbers = new Map<string, number>();

  const listAt = (key: string): List => {
    const list = lists.get(key) ?? { entries: [], filled: false };
    lists.set(key, list);
    return list;
  };
  const put = (key: string, thing: Thing) => {
    gone.delete(key);
    things.set(key, thing);
  };
  const isGone = (key: string): boolean => {
    if (gone.size === 0) return false;
    for (let end = key.length; end > 0; end = key.lastIndexOf("/", end - 1)) {
      if (gone.has(key.slice(0, end))) return true;
    }
    return false;
  };

  return {
    get: (key) => things.get(key),
    put,
    isGone,
    remove: (key) => {
      gone.add(key);
      const below = `${key}/`;
      for (const known of things.keys()) if (known === key || known.startsWith(below)) things.delete(known);
      for (const known of lists.keys()) if (known === key || known.startsWith(below)) lists.delete(known);
    },
    list: (key) => {
      const list = lists.get(key);
      if (list?.filled !== true) return undefined;
      return list.entries
        .map((entry) => (typeof entry === "string" ? things.get(entry) : entry))
        .filter((one) => one !== undefined);
    },
    fill: (key, made) => {
      const list = listAt(key);
      list.filled = true;
      for (const thing of made) {
        const own = keyIn(key, thing);
        if (own !== undefined && (gone.has(own) || list.entries.includes(own))) continue;
        if (own !== undefined && !things.has(own)) things.set(own, thing);
        list.entries.push(own ?? thing);
      }
    },
    replace: (key, made) => {
      for (const entry of lists.get(key)?.entries ?? []) if (typeof entry === "string") things.delete(entry);
      const entries = made.map((thing): Entry => {
        const own = keyIn(key, thing);
        if (own !== undefined) put(own, thing);
        return own ?? thing;
      });
      lists.set(key, { entries, filled: true });
    },
    add: (key, thing) => {
      const list = listAt(key);
      const own = keyIn(key, thing);
      if (own !== undefined) put(own, thing);
      const entry = own ?? thing;
      list.entries = [entry, ...list.entries.filter((one) => one !== entry)];
    },
    nextNumber: (name) => {
      const number = (numbers.get(name) ?? 0) + 1;
      numbers.set(name, number);
      return number;
    },
  };
}
