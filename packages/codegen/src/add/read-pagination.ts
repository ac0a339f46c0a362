import { compareText } from "../generate/document/json.js";
import { findPages } from "../generate/facts/find-pages.js";
import { expectedItems } from "../generate/facts/items-place.js";
import type { GeneratorProfile, ItemsPlace, ListStyle, Path } from "../generate/generator-profile.js";
import { nameOperations } from "../generate/operations/name-operations.js";
import { successResponses } from "../generate/operations/response-media.js";
import type { DraftInput } from "./draft.js";
import { type PageSigns, readPageSigns } from "./page-signs.js";
import { type StyleDraft, stylesOf } from "./page-styles.js";

/** One way in which lists of a provider go on, in the words of a profile. */
export type PaginationDraft = StyleDraft & { readonly items: ItemsPlace };

// More than these are no styles but accidents of single operations.
const MAX_STYLES = 4;

/** How the document's lists go on: each style by what most of its lists do, the most common style first. */
export function readPagination(input: DraftInput, profile: GeneratorProfile): PaginationDraft[] {
  const votes = new Map<string, { readonly draft: PaginationDraft; count: number }>();
  for (const operation of input.operations) {
    const signs = readPageSigns(operation);
    const [style] = signs === undefined ? [] : stylesOf(signs);
    if (signs === undefined || style === undefined) continue;
    const { kind, ...rest } = style;
    // In the order in which profiles are written by hand.
    const draft = { kind, items: itemsOf(signs), ...rest } as PaginationDraft;
    const key = JSON.stringify(draft);
    const vote = votes.get(key) ?? { draft, count: 0 };
    votes.set(key, { draft, count: vote.count + 1 });
  }
  const drafts = [...votes]
    .sort(([a, x], [b, y]) => y.count - x.count || compareText(a, b))
    .map(([, { draft }]) => draft)
    .slice(0, MAX_STYLES);
  return keepUsed(input, drafts, profile);
}

/** The list of a page: the one that it is, else the one named like the path, else the nearest. */
function itemsOf({ operation, lists }: PageSigns): ItemsPlace {
  const [media] = successResponses(operation).flatMap((response) =>
    response.media.filter(({ kind }) => kind === "json"),
  );
  const byPath = expectedItems("by-path", operation.path, operation.document, media?.schema);
  const [nearest = []] = lists;
  if (nearest.length === 0) return [];
  const isByPath = lists.some((path) => path.join("/") === byPath.join("/"));
  // A name that every list has is a fact of the provider, even where a path ends in it.
  return isByPath && !COMMON.has(String(byPath[0])) ? "by-path" : nearest;
}

const COMMON = new Set(["data", "items", "results", "value", "values", "records", "entries"]);

/** Without the styles that no list of the generated client has. */
function keepUsed(input: DraftInput, drafts: readonly PaginationDraft[], profile: GeneratorProfile): PaginationDraft[] {
  const pagination = drafts.map(asListStyle);
  const pages = findPages(nameOperations(input.operations), { ...profile, pagination });
  const used = drafts.filter((_draft, index) => pages.some(({ style }) => style === index));
  return used.length === drafts.length ? used : keepUsed(input, used, profile);
}

function asListStyle(draft: PaginationDraft): ListStyle {
  const { items } = draft;
  switch (draft.kind) {
    case "cursor":
      return { kind: "cursor", items, into: draft.into, cursor: draft.from.body };
    case "link-header":
      return { kind: "link-header", items };
    case "next-url":
      return { kind: "next-url", items, next: draft.next as Path };
    case "offset":
    case "page-number":
      return { kind: draft.kind, items, into: draft.into };
  }
}
