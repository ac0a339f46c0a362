import { readPagination } from "../add/read-pagination.js";
import type { LoadedDocument } from "../document/loaded-document.js";
import { fieldOf } from "../generate/document/json.js";
import { findPages } from "../generate/facts/find-pages.js";
import { type NamedOperation, operationKey } from "../generate/operations/api-operation.js";
import { type GeneratorProfile, readGeneratorProfile } from "../generate/profile/generator-profile.js";
import type { Versions } from "./changes/versions.js";

/**
 * Finds which operations of each version can be iterated, as `METHOD /path`: in the styles of the profile, or else in those that the old documents have. An existing
 * client knows no others.
 */
export function findLists(
  { old, new: current }: Versions<readonly NamedOperation[]>,
  documents: readonly LoadedDocument[],
  profile: GeneratorProfile | undefined,
): Versions<ReadonlySet<string>> {
  // Without the profile, nobody knows which style the overlay names.
  const isKnown = ({ json }: NamedOperation) =>
    profile !== undefined || fieldOf(json, "x-connectry-page") === undefined;
  const styles = profile ?? draftStyles(old.filter(isKnown), documents);
  const listsOf = (operations: readonly NamedOperation[]) =>
    new Set(findPages(operations.filter(isKnown), styles).map(({ operation }) => operationKey(operation)));
  return { old: listsOf(old), new: listsOf(current) };
}

/** A profile that has nothing but the pagination of the documents. */
function draftStyles(operations: readonly NamedOperation[], documents: readonly LoadedDocument[]): GeneratorProfile {
  const basics = { id: "api", baseUrl: "https://api.example", auth: { kind: "bearer" }, body: "json" };
  const profile = readGeneratorProfile(basics);
  const pagination = documents.flatMap((document) => {
    const own = operations.filter((operation) => operation.document === document);
    return readPagination({ id: "api", document, operations: own }, profile)?.value ?? [];
  });
  return readGeneratorProfile({ ...basics, pagination });
}
