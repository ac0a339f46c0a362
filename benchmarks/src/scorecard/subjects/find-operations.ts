/** The two operations of a connector that the scorecard calls, by their paths. */
export interface Operations {
  /** A GET of one object. */
  readonly read: string;
  /** A POST that creates one. */
  readonly write: string;
}

/**
 * Finds them in the lines of a `surface.txt`: the shortest path that creates an object which another path reads, and otherwise any
 * read and any write. One that `facts` mention has a form or a server of its own, and is left out. Undefined where there are none,
 * as of a provider whose only operation is GraphQL.
 */
export function findOperations(surface: string, facts: string): Operations | undefined {
  const lines = [...surface.matchAll(/^(GET|POST) (\S+) /gm)].map(([, method, path = ""]) => ({ method, path }));
  const ordinary = lines.filter(({ path }) => !facts.includes(`${path}"`));
  const pathsOf = (method: string) => ordinary.filter((one) => one.method === method).map(({ path }) => path);
  const byLength = (one: string, other: string) => one.length - other.length;
  const reads = pathsOf("GET").sort(byLength);
  const writes = pathsOf("POST")
    .filter((path) => !path.includes("{"))
    .sort(byLength);
  const readOf = (write: string) =>
    reads.find(
      (read) =>
        /^\/\{\w+\}$/.test(read.slice(write.replace(/\.json$/, "").length).replace(/\.json$/, "")) &&
        read.startsWith(write.replace(/\.json$/, "")),
    );
  const write = writes.find((path) => readOf(path) !== undefined) ?? writes[0];
  const read = (write && readOf(write)) ?? reads[0];
  return read === undefined || write === undefined ? undefined : { read, write };
}
