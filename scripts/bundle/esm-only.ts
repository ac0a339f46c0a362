import { readFileSync } from "node:fs";
import { createRequire, findPackageJSON, isBuiltin } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Manifest } from "./entries.ts";

/** Whether the module that `require()` finds is an ES module, or it finds none. */
function isEsmOnly(specifier: string, folder: string): boolean {
  const { resolve } = createRequire(join(folder, "package.json"));
  let file: string;
  try {
    file = resolve(specifier);
  } catch (error) {
    // It has an export for `import` alone.
    if ((error as NodeJS.ErrnoException).code === "ERR_PACKAGE_PATH_NOT_EXPORTED") return true;
    throw error;
  }
  if (!file.endsWith(".js")) return file.endsWith(".mjs");
  const manifest = findPackageJSON(pathToFileURL(file)) ?? "";
  return JSON.parse(readFileSync(manifest, "utf8")).type === "module";
}

/**
 * Says which modules a CommonJS build requires where it is installed. It contains the others: a dependency that consists of ES modules
 * alone, which Jest cannot load, and what such a dependency imports.
 */
export function isRequired({ name, dependencies, peerDependencies }: Manifest, folder: string) {
  const declared = Object.keys({ ...dependencies, ...peerDependencies });
  const known = new Map<string, boolean>();
  return (specifier: string): boolean => {
    if (specifier.startsWith("#") || isBuiltin(specifier)) return true;
    if (/^[./\0]/.test(specifier)) return false;
    const isDeclared = [name, ...declared].some((one) => specifier === one || specifier.startsWith(`${one}/`));
    if (!known.has(specifier)) known.set(specifier, isDeclared && !isEsmOnly(specifier, folder));
    return known.get(specifier) === true;
  };
}
