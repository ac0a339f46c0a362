import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { leftOutConnectors } from "./left-out.ts";

/** What an entry is under each condition: a file for `default`, its declarations for `types`, and both for `require`. */
export interface ExportConditions {
  readonly types?: string;
  readonly default?: string;
  readonly require?: { readonly types?: string; readonly default?: string };
}

/** The fields of a published package.json on which users rely. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly engines?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | ExportConditions>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly publishConfig?: { readonly access?: string; readonly provenance?: boolean };
}

/** A package of a workspace that is published. */
export interface PublicPackage extends Manifest {
  /** Relative to the workspace: `packages/core`. */
  readonly folder: string;
}

/** The published packages of a workspace that can be built here: without the connectors that are left out. */
export function builtPackages(workspace: string): PublicPackage[] {
  const leftOut = leftOutConnectors(workspace);
  return publicPackages(workspace).filter(
    ({ folder }) => !leftOut.some((name) => folder.endsWith(`/connectors/${name}`)),
  );
}

/** The published packages of a workspace, by name. */
export function publicPackages(workspace: string): PublicPackage[] {
  return globSync(["packages/*/package.json", "packages/connectors/*/package.json"], { cwd: workspace })
    .map((file) => ({ folder: dirname(file), ...JSON.parse(readFileSync(join(workspace, file), "utf8")) }))
    .filter((manifest) => manifest.private !== true)
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
