import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CodegenError } from "../codegen-error.js";
import type { Diff } from "../diff/compare-documents.js";
import { reportMarkdown } from "../diff/report/report-markdown.js";
import { sha256 } from "../source/sha256.js";
import type { DocumentPin } from "../spec/provider-spec.js";
import { showPath } from "../text/show-path.js";

/** How a version moves. */
export type Bump = "major" | "minor" | "patch";

/** The package that a connector is released as. */
export interface ReleasedPackage {
  readonly name: string;
  readonly version: string;
}

/**
 * The bump that a diff asks for. Below 1.0.0 a caret range takes patches alone (`^0.3.1` is below 0.4.0), so there what
 * breaks callers is a minor, and everything else a patch.
 */
export function bumpFor({ changes }: Diff, version: string): Bump {
  const isBreaking = changes.some(({ level }) => level === "breaking");
  if (/^0\./.test(version)) return isBreaking ? "minor" : "patch";
  if (isBreaking) return "major";
  return changes.some(({ level }) => level === "additive") ? "minor" : "patch";
}

/** The package that holds a file: the nearest package.json above it. */
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
    throw new CodegenError(`${showPath(file)} cannot be read.`, [], { cause });
  }
}

/** The nearest .changeset folder from a folder upwards, if the project uses changesets. */
export function findChangesets(folder: string): string | undefined {
  const here = join(folder, ".changeset");
  if (existsSync(here)) return here;
  const parent = dirname(folder);
  return parent === folder ? undefined : findChangesets(parent);
}

/** The file of an update's changeset: the same for the same documents, and another for the next ones. */
export function changesetName(provider: string, pins: readonly DocumentPin[]): string {
  return `update-${provider}-${sha256(pins.map((pin) => pin.sha256).join()).slice(0, 8)}.md`;
}

/** The text of a changeset: the bump, where the documents come from now, and what changed. */
export function writeChangeset(
  released: ReleasedPackage,
  bump: Bump,
  updated: readonly { readonly old: DocumentPin; readonly pin: DocumentPin }[],
  diff: Diff,
): string {
  const sources = updated.map(({ old, pin }) => {
    const origin =
      pin.origin === old.origin ? `\`${pin.origin}\`, fetched again` : `\`${pin.origin}\` (before: \`${old.origin}\`)`;
    return updated.length === 1 ? origin : `${pin.name} from ${origin}`;
  });
  return `---
"${released.name}": ${bump}
---

Follows the provider's newest ${updated.length === 1 ? "document" : "documents"}: ${sources.join(", ")}.

${reportMarkdown(diff)}
`;
}
