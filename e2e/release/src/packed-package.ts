import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createPackageFromTarballData } from "@arethetypeswrong/core";

/** A file, or one for each condition. */
export type Target = string | { readonly [condition: string]: Target };

/** The fields of a package.json that the tests read. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, Target>>;
  readonly imports?: Readonly<Record<string, Target>>;
  readonly main?: string;
  readonly types?: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Every file that a target names. */
export function filesOf(target: Target | undefined): readonly string[] {
  if (typeof target === "string") return [target];
  return Object.values(target ?? {}).flatMap(filesOf);
}

/** A tarball as it is published. */
export interface PackedPackage {
  readonly name: string;
  readonly tarball: Uint8Array;
  readonly manifest: Manifest;
  /** Its files, relative to the package. */
  readonly files: readonly string[];
  read(file: string): string;
}

/** The tarballs that `changeset pack` left in a folder. */
export async function readPacked(folder: string): Promise<PackedPackage[]> {
  const { plan } = JSON.parse(await readFile(join(folder, "publish-plan.json"), "utf8"));
  const releases = (plan as { name: string; tarball?: { path: string } }[][]).flat();
  const packed = releases.map(async ({ name, tarball: { path } = { path: "" } }) => {
    const tarball = new Uint8Array(await readFile(join(folder, path)));
    const contents = createPackageFromTarballData(tarball);
    const base = `/node_modules/${name}/`;
    const read = (file: string) => contents.readFile(base + file);
    const files = contents
      .listFiles(base)
      .map((file) => file.slice(base.length))
      .sort();
    return { name, tarball, files, read, manifest: JSON.parse(read("package.json")) as Manifest };
  });
  return (await Promise.all(packed)).sort((one, other) => (one.name < other.name ? -1 : 1));
}
