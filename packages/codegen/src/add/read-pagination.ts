import { CodegenError } from "../errors/codegen-error.js";
import { compareText } from "../generate/document/json.js";
import { findPages } from "../generate/facts/find-pages.js";
import { expectedItems } from "../generate/facts/items-location.js";
import { isGenericName } from "../generate/facts/pick-items.js";
import { operationKey } from "../generate/operations/api-operation.js";
import { nameOperations } from "../generate/operations/name-operations.js";
import type { GeneratorProfile } from "../generate/profile/generator-profile.js";
import { type ItemsLocation, type ListStyle, readListStyles } from "../generate/profile/list-style.js";
import { hasUnknownOrder } from "./cursor-styles.js";
import type { Drafted, DraftInput } from "./draft.js";
import { type PageEnds, pageEnds } from "./page-ends.js";
import { stylesOf } from "./page-styles.js";
import { type PaginationHints, readPaginationHints } from "./pagination-hints.js";
import type { StyleDraft } from "./style-draft.js";

/** One entry of the field `pagination` of a profile. */
export type PaginationDraft = StyleDraft & PageEnds & { readonly items: ItemsLocation };

// Less common styles are exceptions of single operations.
const MAX_STYLES = 8;

/** The pagination styles of the document, the one that most lists have first; undefined where it has no lists. */
export function readPagination(input: DraftInput, profile: GeneratorProfile): Drafted<PaginationDraft[]> | undefined {
  const groups = new Map<string, { readonly style: StyleDraft; readonly lists: PaginationHints[] }>();
  const unknownOrder: string[] = [];
  for (const operation of input.operations) {
    const hints = readPaginationHints(operation);
    if (hints?.items === undefined || writesItems(hints)) continue;
    const [style] = stylesOf(hints);
    if (style === undefined) {
      if (hasUnknownOrder(hints)) unknownOrder.push(operationKey(operation));
      continue;
    }
    const { opposite, ...rest } = { opposite: undefined, ...style };
    const key = JSON.stringify(rest);
    const group = groups.get(key) ?? { style, lists: [] };
    group.lists.push(hints);
    // A list that does not take the parameter of the other direction is not affected by it.
    groups.set(key, opposite === undefined ? group : { ...group, style });
  }
  const drafts = [...groups]
    .sort(([a, x], [b, y]) => y.lists.length - x.lists.length || compareText(a, b))
    .map(([, group]) => draftOf(group))
    .slice(0, MAX_STYLES);
  const value = keepUsed(input, drafts, profile);
  const todos = unknownOrder.length === 0 ? [] : [orderTodo(unknownOrder)];
  return value.length + todos.length === 0 ? undefined : { value, todos };
}

/** Whether the body has the items, too: such a request writes what the response returns, and asks for no list. */
function writesItems({ body, items = [] }: PaginationHints): boolean {
  return items.length > 0 && body.some(({ path }) => path.join("\n") === items.join("\n"));
}

/** A style, with the items and the ends that most of its lists have. What a page does not have of them decides nothing. */
function draftOf({ style, lists }: { readonly style: StyleDraft; readonly lists: readonly PaginationHints[] }) {
  const ends = lists.map((hints) => pageEnds(hints, style.kind));
  const most = (["more", "last", "total", "pages"] as const).flatMap((name) => {
    const path = mostCommon(ends.flatMap((one) => (one[name] === undefined ? [] : [one[name]])));
    return path === undefined ? [] : [[name, path] as const];
  });
  const { kind, ...rest } = style;
  // With the fields in the order that all profiles have.
  return { kind, items: commonItems(lists.map(itemsOf)), ...rest, ...Object.fromEntries(most) } as PaginationDraft;
}

/** Where most lists have their items; by path where each has them elsewhere, so that the facts name them. */
function commonItems(locations: readonly ItemsLocation[]): ItemsLocation {
  const different = new Set(locations.map((location) => JSON.stringify(location)));
  return different.size > 1 && different.size === locations.length ? "by-path" : (mostCommon(locations) ?? []);
}

function mostCommon<T>(values: readonly T[]): T | undefined {
  const counts = new Map<string, { readonly value: T; readonly count: number }>();
  for (const value of values) {
    const key = JSON.stringify(value);
    counts.set(key, { value, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.value;
}

/** Where a page has the items, or that they are named like the path. A generic name is the same for all lists of the provider. */
function itemsOf({ operation, page, items = [] }: PaginationHints): ItemsLocation {
  const byPath = expectedItems("by-path", { document: operation.document, path: operation.path, schema: page });
  const isByPath = items.length === 1 && items[0] === byPath[0] && !isGenericName(String(items[0]));
  return isByPath ? "by-path" : items;
}

/** Removes the styles that no list of the generated client would have. */
function keepUsed(input: DraftInput, drafts: readonly PaginationDraft[], profile: GeneratorProfile): PaginationDraft[] {
  const pagination: ListStyle[] = readListStyles(drafts, (field, wanted) => {
    throw new CodegenError(`The draft of the profile is not valid: ${field} must be ${wanted}.`);
  });
  const pages = findPages(nameOperations(input.operations), { ...profile, pagination });
  const used = drafts.filter((_draft, index) => pages.some(({ style }) => style === index));
  return used.length === drafts.length ? used : keepUsed(input, used, profile);
}

function orderTodo(lists: readonly string[]): string {
  const named = lists.slice(0, 3).join(", ");
  const others = lists.length > 3 ? ` and ${lists.length - 3} more` : "";
  return (
    `lists that cannot be iterated: ${named}${others}. They take an id before or after which a page is, and the document does ` +
    'not say whether the newest item comes first. Add a style with `from: { lastItem: ["id"] }`, into `before` where it does, ' +
    "else into `after`, and name it by `x-connectry-page` in overlay.yaml."
  );
}
