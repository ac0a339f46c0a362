import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { CodegenError } from "../codegen-error.js";
import { suggestNames } from "../text/nearest-names.js";
import { showPath } from "../text/show-path.js";
import { findSpecsFolder, listProviders } from "./find-specs.js";
import type { ProviderSpec } from "./provider-spec.js";
import { readSpec } from "./read-spec.js";

/** Where to look for providers. */
export interface SelectOptions {
  readonly cwd: string;
  /** The specs folder; looked for upwards where it is not given. */
  readonly specs?: string | undefined;
}

/**
 * Reads the specs of the providers named: a folder's name in specs/, the path of a folder with a spec.yaml, or an
 * installed package that publishes its pins. All of specs/ where none is named. Throws for a name that is none of these.
 */
export async function selectSpecs(names: readonly string[], options: SelectOptions): Promise<readonly ProviderSpec[]> {
  const specs = options.specs === undefined ? findSpecsFolder(options.cwd) : resolve(options.cwd, options.specs);
  const known = specs === undefined ? [] : listProviders(specs);
  if (options.specs !== undefined && known.length === 0) {
    throw new CodegenError(`${options.specs} holds no provider: no folder in it has a spec.yaml.`);
  }
  if (names.length === 0) {
    if (specs !== undefined) return Promise.all(known.map((name) => readSpec(join(specs, name, "spec.yaml"))));
    throw new CodegenError(`There is no specs/<provider>/spec.yaml in ${options.cwd} or above it.`, [
      "Name an installed package that publishes its pins, such as @connectry/stripe, or give --specs DIR.",
    ]);
  }
  return Promise.all([...new Set(names)].map((name) => locate(name, { ...options, specs }, known)));
}

async function locate(name: string, options: SelectOptions, known: readonly string[]): Promise<ProviderSpec> {
  if (options.specs !== undefined && known.includes(name)) return readSpec(join(options.specs, name, "spec.yaml"));
  const folder = resolve(options.cwd, name);
  if (existsSync(join(folder, "spec.yaml"))) return readSpec(join(folder, "spec.yaml"), basename(folder));

  const published = findPackage(name, options.cwd);
  if (published !== undefined) {
    const file = join(published, "spec", "spec.yaml");
    if (existsSync(file)) return readSpec(file, basename(name));
    throw new CodegenError(`The package ${name} publishes no pins: ${showPath(file, options.cwd)} is not there.`);
  }
  if (isFolder(folder)) throw new CodegenError(`${showPath(folder, options.cwd)} holds no spec.yaml.`);
  if (name.startsWith("@"))
    throw new CodegenError(`The package ${name} is not installed in ${options.cwd} or above it.`);
  const where = options.specs === undefined ? "There is no specs folder here." : suggestNames(name, known);
  throw new CodegenError(`There is no provider "${name}". ${where}`);
}

/** An installed package's folder, as Node would find it; `exports` of a package.json do not hide it. */
function findPackage(name: string, from: string): string | undefined {
  if (!/^(?:@[a-z0-9._~-]+\/)?[a-z0-9_~-][a-z0-9._~-]*$/i.test(name)) return undefined;
  const folder = join(from, "node_modules", name);
  if (isFolder(folder)) return folder;
  const parent = dirname(from);
  return parent === from ? undefined : findPackage(name, parent);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
