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
  const manifest = JSON.parse(readFileSync(findPackageJSON(pathToFileURL(file)) ?? "", "utf8"));
  // Node requires the ES module that this condition names; Jest, which does not know it, the CommonJS beside it.
  const subpath = specifier.replace(manifest.name, ".");
  if (manifest.exports?.[subpath]?.["module-sync"]) return false;
  return file.endsWith(".js") ? manifest.type === "module" : file.endsWith(".mjs");
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
