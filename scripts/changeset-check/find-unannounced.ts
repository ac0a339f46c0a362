import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type PublicPackage, publicPackages } from "../public-packages.ts";
import { git } from "./find-base.ts";

/** A package that changed without a changeset. */
export interface Unannounced {
  readonly name: string;
  /** The changed files, relative to the repository. */
  readonly files: readonly string[];
}

// Files that do not affect a user's program: tests and their helpers, build settings and descriptions.
const unnoticeable =
  /(\.test(-d)?\.ts|README\.md|CHANGELOG\.md|api-surface\.txt|tsconfig(\.\w+)?\.json|turbo\.json)$|\/(test|testing|fixtures)\//;

/** Whether a file is a source of a package: in its folder, or in the folder of its provider in specs/. */
function isPartOf({ folder }: PublicPackage, file: string): boolean {
  const [, provider] = /^packages\/connectors\/([^/]+)$/.exec(folder) ?? [];
  if (provider !== undefined && file.startsWith(`specs/${provider}/`)) return true;
  return file.startsWith(`${folder}/`) && !unnoticeable.test(file.slice(folder.length));
}

/** The packages that a changeset names. */
function namesIn(changeset: string): string[] {
  const [, front = ""] = /^---\r?\n([\s\S]*?)^---/m.exec(changeset) ?? [];
  return [...front.matchAll(/^["']?(@?[\w./-]+)["']?\s*:\s*(?:major|minor|patch)\s*$/gm)].map(([, name = ""]) => name);
}

/** A package's version in a commit; undefined where the package did not exist. */
function versionAt(repository: string, base: string, { folder }: PublicPackage): string | undefined {
  try {
    return JSON.parse(git(repository, "show", `${base}:${folder}/package.json`)).version;
  } catch {
    return undefined;
  }
}

/**
 * Finds the packages that changed since a commit, committed or not, and have neither a changeset since then nor a new version by a
 * release.
 */
export function findUnannounced(repository: string, base: string): Unannounced[] {
  const changed = git(repository, "diff", "--name-only", "--no-renames", "-z", base).split("\0");
  const untracked = git(repository, "ls-files", "--others", "--exclude-standard", "-z").split("\0");
  const files = [...changed, ...untracked].filter((file) => file !== "");
  const announced = new Set(
    files
      .filter((file) => /^\.changeset\/[^/]+\.md$/.test(file) && existsSync(join(repository, file)))
      .flatMap((file) => namesIn(readFileSync(join(repository, file), "utf8"))),
  );
  return publicPackages(repository)
    .map((one) => ({ one, parts: files.filter((file) => isPartOf(one, file)) }))
    .filter(({ one, parts }) => parts.length > 0 && !announced.has(one.name))
    .filter(({ one }) => {
      const before = versionAt(repository, base, one);
      return before === undefined || before === one.version;
    })
    .map(({ one, parts }) => ({ name: one.name, files: parts }));
}
