import { readPagination } from "../add/read-pagination.js";
import type { LoadedDocument } from "../document/loaded-document.js";
import { fieldOf } from "../generate/document/json.js";
import { findPages } from "../generate/facts/find-pages.js";
import { type NamedOperation, operationKey } from "../generate/operations/api-operation.js";
import { type GeneratorProfile, readGeneratorProfile } from "../generate/profile/generator-profile.js";
import type { Versions } from "./versions.js";

/** The lists that only one of two versions has, as `METHOD /path`. */
export interface ChangedLists {
  readonly removed: ReadonlySet<string>;
  readonly added: ReadonlySet<string>;
}

/**
 * Compares which operations can be iterated: in the styles of the profile, or else in those that the old documents have. An existing
 * client knows no others.
 */
export function compareLists(
  { old, new: current }: Versions<readonly NamedOperation[]>,
  documents: readonly LoadedDocument[],
  profile: GeneratorProfile | undefined,
): ChangedLists {
  // Without the profile, nobody knows which style the overlay names.
  const isKnown = ({ json }: NamedOperation) =>
    profile !== undefined || fieldOf(json, "x-connectry-page") === undefined;
  const styles = profile ?? draftStyles(old.filter(isKnown), documents);
  const listsOf = (operations: readonly NamedOperation[]) =>
    new Set(findPages(operations.filter(isKnown), styles).map(({ operation }) => operationKey(operation)));
  const [before, after] = [listsOf(old), listsOf(current)];
  const without = (lists: ReadonlySet<string>, others: ReadonlySet<string>) =>
    new Set([...lists].filter((key) => !others.has(key)));
  return { removed: without(before, after), added: without(after, before) };
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
