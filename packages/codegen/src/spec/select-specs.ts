import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { CodegenError } from "../errors/codegen-error.js";
import { suggestNames } from "../text/nearest-names.js";
import { showPath } from "../text/show-path.js";
import { findSpecsFolder, listProviders } from "./find-specs.js";
import type { ProviderSpec } from "./provider-spec.js";
import { readSpec } from "./read-spec.js";

/** Where to find providers. */
export interface SelectOptions {
  readonly cwd: string;
  /** The specs folder. @default the nearest one in `cwd` or above */
  readonly specs?: string | undefined;
}

/**
 * Reads the specs of providers. A name is that of a folder in specs/, the path of a folder with a spec.yaml, or that of
 * an installed package that publishes its pins. Without names, reads all of specs/.
 * @throws CodegenError for a name that is not one of these, and for an invalid spec.yaml.
 */
export async function selectSpecs(names: readonly string[], options: SelectOptions): Promise<readonly ProviderSpec[]> {
  const specs = options.specs === undefined ? findSpecsFolder(options.cwd) : resolve(options.cwd, options.specs);
  const known = specs === undefined ? [] : listProviders(specs);
  if (options.specs !== undefined && known.length === 0) {
    throw new CodegenError(`${options.specs} has no providers: none of its folders has a spec.yaml. Check --specs.`);
  }
  if (names.length === 0) {
    if (specs !== undefined) return Promise.all(known.map((name) => readSpec(join(specs, name, "spec.yaml"))));
    throw new CodegenError(`No specs/<provider>/spec.yaml found in ${options.cwd} or above it.`, [
      "Name an installed package that publishes its pins, such as @connectry/stripe, or pass --specs DIR.",
    ]);
  }
  return Promise.all([...new Set(names)].map((name) => readNamed(name, { ...options, specs }, known)));
}

async function readNamed(name: string, options: SelectOptions, known: readonly string[]): Promise<ProviderSpec> {
  if (options.specs !== undefined && known.includes(name)) return readSpec(join(options.specs, name, "spec.yaml"));
  const folder = resolve(options.cwd, name);
  if (existsSync(join(folder, "spec.yaml"))) return readSpec(join(folder, "spec.yaml"), basename(folder));

  // `stripe` is also the name of the vendor's own package.
  const short = name.includes("/") ? undefined : findPackage(`@connectry/${name}`, options.cwd);
  if (short !== undefined && existsSync(join(short, "spec", "spec.yaml")))
    return readSpec(join(short, "spec", "spec.yaml"), name);
  const published = findPackage(name, options.cwd);
  if (published !== undefined) {
    const file = join(published, "spec", "spec.yaml");
    if (existsSync(file)) return readSpec(file, basename(name));
    throw new CodegenError(`The package ${name} publishes no pins: ${showPath(file, options.cwd)} does not exist.`);
  }
  if (isFolder(folder)) throw new CodegenError(`The folder ${showPath(folder, options.cwd)} has no spec.yaml.`);
  if (name.startsWith("@"))
    throw new CodegenError(`The package ${name} is not installed in ${options.cwd} or above it.`);
  const hint = options.specs === undefined ? "there is no specs folder here." : suggestNames(name, known);
  throw new CodegenError(`Unknown provider \`${name}\`: ${hint}`);
}

/** The folder of an installed package, found as Node does, but without regard to the `exports` of its package.json. */
export function findPackage(name: string, from: string): string | undefined {
  if (!/^(?:@[a-z0-9._~-]+\/)?[a-z0-9_~-][a-z0-9._~-]*$/i.test(name)) return undefined;
  const folder = join(from, "node_modules", name);
  if (isFolder(folder)) return folder;
  const parent = dirname(from);
  return parent === from ? undefined : findPackage(name, parent);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
