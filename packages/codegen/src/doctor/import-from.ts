import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Imports a package, or an entry of one, as the project in `cwd` does. */
export async function importFrom(cwd: string, name: string): Promise<Readonly<Record<string, unknown>>> {
  return import(pathToFileURL(createRequire(join(cwd, "package.json")).resolve(name)).href);
}
