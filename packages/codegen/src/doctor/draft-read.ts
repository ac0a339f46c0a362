import { importFrom } from "./import-from.js";

/** What providers call the read of one's own account, the best first. */
const names = /^\/(?:[\w.-]+\/)*?(me|whoami|self|auth\.test|users?\/me|account|user|balance|profile)(?:\.json)?$/;

/**
 * The path of a read that most likely needs nothing but a credential: the shortest of the connector's operations that is named like
 * that of one's own account. Undefined where there is none, or the connector has no entry `operations`.
 */
export async function draftRead(name: string, cwd: string): Promise<string | undefined> {
  const operations = await importFrom(cwd, `${name}/operations`).catch(() => ({}));
  const paths = Object.values(operations).flatMap((operation) => {
    const { method, path } = Object(operation) as { readonly method?: unknown; readonly path?: unknown };
    return method === "GET" && typeof path === "string" && names.test(path) ? [path] : [];
  });
  return paths.sort((left, right) => left.length - right.length)[0];
}
