/** One step into a JSON value: a name, an index, or all members. */
type Step = string | number | typeof all;

const all = Symbol("*");
const step = /^(?:\.([^.[\]]+)|\[(\d+)\]|\[\*\]|\[\]|\[(?:'([^']*)'|"([^"]*)")\])/;
const maxPaths = 50;
const maxSteps = 32;

/**
 * Reads a path: names, indexes and `*` of RFC 9535, such as `$.data[*].id` or `data[*].id`. Throws an Error for any other, such as one
 * with a filter: a path is looked up in linear time.
 */
function parsePath(text: string): readonly Step[] {
  let rest = text.replace(/^\$/, "");
  if (rest !== "" && !/^[.[]/.test(rest)) rest = `.${rest}`;
  const steps: Step[] = [];
  while (rest !== "") {
    const found = step.exec(rest);
    if (!found || steps.length === maxSteps)
      throw new Error(`select: "${text}" is not a path such as data[*].id: names, indexes and [*] are supported`);
    const [matched, name, index, single, double] = found;
    rest = rest.slice(matched.length);
    if (index !== undefined) steps.push(Number(index));
    else if (name === "*" || /^\[\*?\]$/.test(matched)) steps.push(all);
    else steps.push(name ?? single ?? double ?? "");
  }
  return steps;
}

/** The steps that are wanted below a value; `true` where all of it is. */
interface Wanted {
  whole: boolean;
  readonly members: Map<string | number | typeof all, Wanted>;
}

const nothing = (): Wanted => ({ whole: false, members: new Map() });

function merge(paths: readonly (readonly Step[])[]): Wanted {
  const root = nothing();
  for (const path of paths) {
    let current = root;
    for (const key of path) {
      const next = current.members.get(key) ?? nothing();
      current.members.set(key, next);
      current = next;
    }
    current.whole = true;
  }
  return root;
}

function pick(value: unknown, wanted: readonly Wanted[]): unknown {
  if (wanted.some(({ whole }) => whole)) return value;
  if (typeof value !== "object" || value === null) return undefined;
  const below = (key: string | number) =>
    wanted.flatMap(({ members }) => [members.get(key) ?? [], members.get(all) ?? []].flat());
  const picked = (key: string | number, member: unknown): unknown => {
    const inner = below(key);
    return inner.length === 0 ? undefined : pick(member, inner);
  };
  if (Array.isArray(value)) return value.map((item, index) => picked(index, item)).filter((item) => item !== undefined);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, picked(key, member)] as const)
      .filter(([, member]) => member !== undefined),
  );
}

/** The parts of a JSON value at some paths, in the place where they were. Throws an Error for a path that cannot be read. */
export function select(value: unknown, paths: readonly string[]): unknown {
  if (paths.length === 0) return value;
  if (paths.length > maxPaths) throw new Error(`select: at most ${maxPaths} paths, got ${paths.length}`);
  return pick(value, [merge(paths.map(parsePath))]) ?? null;
}

/** Throws an Error for a path that `select` cannot read. */
export function checkPaths(paths: readonly string[]): void {
  select({}, paths);
}
