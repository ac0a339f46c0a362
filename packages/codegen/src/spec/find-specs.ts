import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** The nearest folder `specs` with a provider, in a folder or above it. */
export function findSpecsFolder(from: string): string | undefined {
  const specs = join(from, "specs");
  if (listProviders(specs).length > 0) return specs;
  const parent = dirname(from);
  return parent === from ? undefined : findSpecsFolder(parent);
}

/** The providers of a specs folder, sorted: its subfolders with a spec.yaml. */
export function listProviders(specs: string): string[] {
  if (!existsSync(specs)) return [];
  return readdirSync(specs, { withFileTypes: true })
    .filter((entry) => existsSync(join(specs, entry.name, "spec.yaml")))
    .map((entry) => entry.name)
    .sort();
}
