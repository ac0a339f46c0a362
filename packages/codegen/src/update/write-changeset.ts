import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Diff } from "../diff/compare-documents.js";
import { reportMarkdown } from "../diff/report/report-markdown.js";
import { CodegenError } from "../errors/codegen-error.js";
import type { DocumentPin } from "../source/document-pin.js";
import { sha256 } from "../source/sha256.js";
import { codeSpan } from "../text/show-document-text.js";
import { showPath } from "../text/show-path.js";

/** Which part of a version is incremented. */
export type Bump = "major" | "minor" | "patch";

/** The package that contains a connector. */
export interface ReleasedPackage {
  readonly name: string;
  readonly version: string;
}

/**
 * The bump that the changes of a diff require. Below 1.0.0, a caret range allows only patches (`^0.3.1` means below
 * 0.4.0), so there a breaking change is a minor, and every other change a patch.
 */
export function bumpFor({ changes }: Diff, version: string): Bump {
  const isBreaking = changes.some(({ level }) => level === "breaking");
  if (/^0\./.test(version)) return isBreaking ? "minor" : "patch";
  if (isBreaking) return "major";
  return changes.some(({ level }) => level === "additive") ? "minor" : "patch";
}

/** The package of a file: that of the nearest package.json above it. */
export function findPackage(file: string): ReleasedPackage | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest)) return readManifest(manifest);
    if (folder === dirname(folder)) return undefined;
  }
}

function readManifest(file: string): ReleasedPackage | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(file, "utf8"));
    return typeof name === "string" ? { name, version: typeof version === "string" ? version : "0.0.0" } : undefined;
  } catch (cause) {
    throw new CodegenError(`${showPath(file)} cannot be read as JSON.`, [], { cause });
  }
}

/** The nearest folder `.changeset` in a folder or above it, if there is one. */
export function findChangesets(folder: string): string | undefined {
  const here = join(folder, ".changeset");
  if (existsSync(here)) return here;
  const parent = dirname(folder);
  return parent === folder ? undefined : findChangesets(parent);
}

/** The file name of the changeset for an update: it depends on the hashes of the new documents. */
export function changesetName(provider: string, pins: readonly DocumentPin[]): string {
  return `update-${provider}-${sha256(pins.map((pin) => pin.sha256).join()).slice(0, 8)}.md`;
}

/** What a changeset is written from. */
export interface ChangesetInput {
  /** The name of the package. */
  readonly name: string;
  readonly bump: Bump;
  /** The pins that changed. */
  readonly updated: readonly { readonly old: DocumentPin; readonly pin: DocumentPin }[];
  readonly diff: Diff;
}

/** The text of a changeset: the bump, the sources of the new documents, and the changes. */
export function writeChangeset({ name, bump, updated, diff }: ChangesetInput): string {
  const sources = updated.map(({ old, pin }) => {
    const origin =
      pin.origin === old.origin
        ? `${codeSpan(pin.origin)} (fetched again)`
        : `${codeSpan(pin.origin)} (before: ${codeSpan(old.origin)})`;
    return updated.length === 1 ? origin : `${pin.name} from ${origin}`;
  });
  return `---
"${name}": ${bump}
---

Follows the provider's newest ${updated.length === 1 ? "document" : "documents"}: ${sources.join(", ")}.

${reportMarkdown(diff)}
`;
}
