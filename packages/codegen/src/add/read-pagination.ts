import { compareText } from "../generate/document/json.js";
import { findPages } from "../generate/facts/find-pages.js";
import { expectedItems } from "../generate/facts/items-location.js";
import { nameOperations } from "../generate/operations/name-operations.js";
import { successResponses } from "../generate/operations/response-media.js";
import type { GeneratorProfile, ItemsLocation, JsonPath, ListStyle } from "../generate/profile/generator-profile.js";
import type { DraftInput } from "./draft.js";
import { type StyleDraft, stylesOf } from "./page-styles.js";
import { type PaginationHints, readPaginationHints } from "./pagination-hints.js";

/** One entry of the field `pagination` of a profile. */
export type PaginationDraft = StyleDraft & { readonly items: ItemsLocation };

// Less common styles are exceptions of single operations.
const MAX_STYLES = 4;

/** The pagination styles of the document, the one that most lists have first. */
export function readPagination(input: DraftInput, profile: GeneratorProfile): PaginationDraft[] {
  const counts = new Map<string, { readonly draft: PaginationDraft; readonly count: number }>();
  for (const operation of input.operations) {
    const hints = readPaginationHints(operation);
    const [style] = hints === undefined ? [] : stylesOf(hints);
    if (hints === undefined || style === undefined) continue;
    const { kind, ...rest } = style;
    // With the fields in the order that all profiles have.
    const draft = { kind, items: itemsOf(hints), ...rest } as PaginationDraft;
    const key = JSON.stringify(draft);
    counts.set(key, { draft, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const drafts = [...counts]
    .sort(([a, x], [b, y]) => y.count - x.count || compareText(a, b))
    .map(([, { draft }]) => draft)
    .slice(0, MAX_STYLES);
  return keepUsed(input, drafts, profile);
}

/**
 * The list with the items: the page itself, else the list that is named like the operation's path, else the shallowest.
 */
function itemsOf({ operation, lists }: PaginationHints): ItemsLocation {
  const [media] = successResponses(operation).flatMap((response) =>
    response.media.filter(({ kind }) => kind === "json"),
  );
  const byPath = expectedItems("by-path", {
    document: operation.document,
    path: operation.path,
    schema: media?.schema,
  });
  const [shallowest = []] = lists;
  if (shallowest.length === 0) return [];
  const isByPath = lists.some((path) => path.join("/") === byPath.join("/"));
  // A generic name is the same for all lists of the provider, even if a path ends with it.
  return isByPath && !GENERIC_NAMES.has(String(byPath[0])) ? "by-path" : shallowest;
}

const GENERIC_NAMES = new Set(["data", "items", "results", "value", "values", "records", "entries"]);

/** Removes the styles that no list of the generated client would have. */
function keepUsed(input: DraftInput, drafts: readonly PaginationDraft[], profile: GeneratorProfile): PaginationDraft[] {
  const pagination = drafts.map(toListStyle);
  const pages = findPages(nameOperations(input.operations), { ...profile, pagination });
  const used = drafts.filter((_draft, index) => pages.some(({ style }) => style === index));
  return used.length === drafts.length ? used : keepUsed(input, used, profile);
}

function toListStyle(draft: PaginationDraft): ListStyle {
  const { items } = draft;
  switch (draft.kind) {
    case "cursor":
      return { kind: "cursor", items, into: draft.into, cursor: draft.from.body };
    case "link-header":
      return { kind: "link-header", items };
    case "next-url":
      return { kind: "next-url", items, next: draft.next as JsonPath };
    case "offset":
    case "page-number":
      return { kind: draft.kind, items, into: draft.into };
  }
}
