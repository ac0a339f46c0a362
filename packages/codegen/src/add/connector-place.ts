import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { CodegenError } from "../codegen-error.js";
import { showPath } from "../text/show-path.js";

/** Where a new connector goes. */
export interface ConnectorPlace {
  /** A package of a repository that is laid out as Connectry's own, or a folder of any project. */
  readonly kind: "package" | "folder";
  /** The folder that specs/ stands in. */
  readonly root: string;
  /** The package; in a project, the same as `source`. */
  readonly folder: string;
  /** Where index.ts and profile.ts go. */
  readonly source: string;
  /** Where spec.yaml goes. */
  readonly specs: string;
  /** What the contract test is written for. */
  readonly runner: "vitest" | "node:test";
  /** What README and examples import the connector as. */
  readonly importName: string;
}

/** Finds the place for a connector. Throws where one of that name is there already, or no place is known. */
export function findConnectorPlace(id: string, cwd: string, out: string | undefined): ConnectorPlace {
  const place = out === undefined ? packagePlace(id, cwd) : folderPlace(id, cwd, resolve(cwd, out));
  for (const file of [
    join(place.folder, "package.json"),
    join(place.source, "index.ts"),
    join(place.source, "profile.ts"),
    join(place.specs, "spec.yaml"),
  ]) {
    if (place.kind === "folder" && file.endsWith("package.json")) continue;
    if (existsSync(file)) {
      throw new CodegenError(`${showPath(file, cwd)} is there already. Nothing was written.`, [
        "Choose another name, or remove the old connector first.",
      ]);
    }
  }
  return place;
}

function packagePlace(id: string, cwd: string): ConnectorPlace {
  const root = findUpwards(
    cwd,
    (folder) => existsSync(join(folder, "packages/connectors")) && existsSync(join(folder, "specs")),
  );
  if (root === undefined) {
    throw new CodegenError("This is no repository of connectors: it has no packages/connectors and specs.", [
      `Say where the connector shall go: connectry add ${id} --spec WHERE --out src/${id}`,
    ]);
  }
  const folder = join(root, "packages/connectors", id);
  return {
    kind: "package",
    root,
    folder,
    source: join(folder, "src"),
    specs: join(root, "specs", id),
    runner: "vitest",
    importName: `@connectry/${id}`,
  };
}

function folderPlace(id: string, cwd: string, folder: string): ConnectorPlace {
  const root = findUpwards(folder, (one) => existsSync(join(one, "package.json"))) ?? cwd;
  return {
    kind: "folder",
    root,
    folder,
    source: folder,
    specs: join(root, "specs", id),
    runner: hasVitest(root) ? "vitest" : "node:test",
    importName: `./${posix(relative(root, folder))}/index.js`,
  };
}

function hasVitest(root: string): boolean {
  try {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    return "vitest" in { ...manifest.dependencies, ...manifest.devDependencies };
  } catch {
    // Without a readable manifest, what every Node has is the safer guess.
    return false;
  }
}

function findUpwards(from: string, fits: (folder: string) => boolean): string | undefined {
  if (fits(from)) return from;
  const parent = dirname(from);
  return parent === from ? undefined : findUpwards(parent, fits);
}

/** A relative path with `/` on every system, as spec.yaml and imports write it. */
export function posix(path: string): string {
  return path.split(sep).join("/");
}
