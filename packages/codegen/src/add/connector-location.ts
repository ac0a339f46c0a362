import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { CodegenError } from "../errors/codegen-error.js";
import { showPath } from "../text/show-path.js";

/** Where the files of a new connector are written. All paths are absolute. */
export interface ConnectorLocation {
  /** A new package of a repository with the layout of Connectry's own, or a folder of any project. */
  readonly kind: "package" | "folder";
  /** The folder with specs/. */
  readonly root: string;
  /** The folder of the package; in a project, the same as `source`. */
  readonly folder: string;
  /** The folder for index.ts and profile.ts. */
  readonly source: string;
  /** The folder for spec.yaml. */
  readonly specs: string;
  /** The test runner of the contract test. */
  readonly runner: "vitest" | "node:test";
  /** The module name that the README imports the connector by. */
  readonly importName: string;
}

/**
 * Decides where a connector is written: in the folder `out`, or as a package of the repository.
 * @throws CodegenError if there is a connector of that name already, or neither `out` nor a repository.
 */
export function locateConnector(id: string, cwd: string, out: string | undefined): ConnectorLocation {
  // A path of Windows is one on every system, as in globs.
  const location =
    out === undefined ? locatePackage(id, cwd) : locateFolder(id, cwd, resolve(cwd, out.replaceAll("\\", "/")));
  for (const file of [
    join(location.folder, "package.json"),
    join(location.source, "index.ts"),
    join(location.source, "profile.ts"),
    join(location.specs, "spec.yaml"),
  ]) {
    if (location.kind === "folder" && file.endsWith("package.json")) continue;
    if (existsSync(file)) {
      throw new CodegenError(`${showPath(file, cwd)} exists already. Nothing was written.`, [
        "Choose another name, or remove the existing connector first.",
      ]);
    }
  }
  return location;
}

function locatePackage(id: string, cwd: string): ConnectorLocation {
  const root = findUpwards(
    cwd,
    (folder) => existsSync(join(folder, "packages/connectors")) && existsSync(join(folder, "specs")),
  );
  if (root === undefined) {
    throw new CodegenError(
      "No repository of connectors found: there is no folder with packages/connectors and specs.",
      [`To create the connector in a folder, pass \`--out\`: connectry add ${id} --spec WHERE --out src/${id}`],
    );
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

function locateFolder(id: string, cwd: string, folder: string): ConnectorLocation {
  const root = findUpwards(folder, (one) => existsSync(join(one, "package.json"))) ?? cwd;
  return {
    kind: "folder",
    root,
    folder,
    source: folder,
    specs: join(root, "specs", id),
    runner: hasVitest(root) ? "vitest" : "node:test",
    importName: `./${toPosixPath(relative(root, folder))}/index.js`,
  };
}

function hasVitest(root: string): boolean {
  try {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    return "vitest" in { ...manifest.dependencies, ...manifest.devDependencies };
  } catch {
    // Without a readable package.json, node:test is the safer choice: every Node has it.
    return false;
  }
}

function findUpwards(from: string, matches: (folder: string) => boolean): string | undefined {
  if (matches(from)) return from;
  const parent = dirname(from);
  return parent === from ? undefined : findUpwards(parent, matches);
}

/** A relative path with `/` on every system, as in spec.yaml and imports. */
export function toPosixPath(path: string): string {
  return path.split(sep).join("/");
}
