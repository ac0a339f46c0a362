import type { DocumentPin } from "../../packages/codegen/src/source/document-pin.ts";

/** Where a document is from, as a reader would name it: a package and its version, or a repository and the start of a commit. */
export function describeSource({ origin }: DocumentPin): string {
  const [, id] = /^npm:(@?[^@]+@[^/]+)\//.exec(origin) ?? [];
  const [, repository, commit] =
    /^https:\/\/raw\.githubusercontent\.com\/([^/]+\/[^/]+)\/([0-9a-f]{40})\//.exec(origin) ?? [];
  return `\`${id ?? (repository ? `${repository}@${commit?.slice(0, 8)}` : origin)}\``;
}
