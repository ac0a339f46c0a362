import { CodegenError } from "../../errors/codegen-error.js";
import { type NamedOperation, operationKey } from "../operations/api-operation.js";
import type { Media } from "../operations/media-type.js";
import { successResponses } from "../operations/response-media.js";
import type { GeneratorProfile } from "../profile/generator-profile.js";
import type { JsonPath, ListStyle } from "../profile/list-style.js";
import { readDeclaredPage } from "./declared-page.js";
import { expectedItems } from "./items-location.js";
import { repeatsRequest, takesNextPage } from "./page-request.js";
import { isGenericName, pickItems } from "./pick-items.js";
import { hasArrayAt, itemSchema, scalarAt, schemaAt } from "./schema-shape.js";

/** A paginated list: its operation, its style in the profile, and where its items are. */
export interface PagedList {
  readonly operation: NamedOperation;
  /** Index into the profile's `pagination`. */
  readonly style: number;
  readonly items: JsonPath;
  /** The status and media type of a page. */
  readonly status: string;
  readonly media: Media;
}

/**
 * The operations that are lists in one of the profile's styles. A path has at most one; a GET takes precedence over a
 * POST.
 * @throws CodegenError if `x-connectry-page` of an operation cannot be followed.
 */
export function findPages(operations: readonly NamedOperation[], profile: GeneratorProfile): PagedList[] {
  const pages = new Map<string, PagedList>();
  for (const operation of operations) {
    if (operation.method !== "GET" && operation.method !== "POST") continue;
    const page = findPage(operation, profile);
    if (page !== undefined && !(pages.has(operation.path) && operation.method === "POST"))
      pages.set(operation.path, page);
  }
  return [...pages.values()];
}

/**
 * The first style that an operation matches: with the items where the style has them, or else with the items elsewhere. An
 * operation matches where it takes what leads to the next page, and its response has what leads there. `x-connectry-page` says
 * otherwise, where the document is wrong.
 */
export function findPage(operation: NamedOperation, profile: GeneratorProfile): PagedList | undefined {
  const declared = readDeclaredPage(operation, profile);
  if (declared === false) return undefined;
  const bodies = successResponses(operation).flatMap(({ status, media }) =>
    media.filter(({ kind }) => kind === "json").map((json) => ({ status, media: json })),
  );
  const isDeclared = (index: number) => declared?.style === index;
  const styles = [...profile.pagination.entries()]
    .filter(([index]) => declared?.style === undefined || isDeclared(index))
    .filter(([index, style]) => isDeclared(index) || takesNextPage(operation, style, profile))
    .sort(([, one], [, other]) => rankOf(one) - rankOf(other));
  for (const locate of [itemsOfStyle, itemsElsewhere]) {
    for (const [style, entry] of styles) {
      for (const { status, media } of bodies) {
        const items = declared?.items ?? locate(operation, entry, media.schema);
        if (items === undefined || !hasArrayAt(operation.document, media.schema, items)) continue;
        if (!isDeclared(style) && repeatsRequest(operation, entry, { items, profile })) continue;
        if (!isDeclared(style) && !hasNextPage(operation, entry, { schema: media.schema, items })) continue;
        return { operation, style, items, status, media };
      }
    }
  }
  if (declared === undefined) return undefined;
  const { style, items } = declared;
  throw new CodegenError(
    `${operationKey(operation)}: x-connectry-page cannot be followed: ${
      items === undefined
        ? `no list of its response is clearly the items: name them, such as { style: ${style}, items: ["data"] }`
        : `its response has no list at ${JSON.stringify(items)}, or nothing that leads to the next page: name the style, such as { style: 0, items: ${JSON.stringify(items)} }`
    }.`,
  );
}

/**
 * Which of several styles that fit is right: where an operation has a parameter that must be asked for, nothing leads on without
 * it, and a cursor in the page is surer than the id of an item.
 */
function rankOf(style: ListStyle): number {
  if (style.ask !== undefined) return 0;
  return style.kind === "cursor" && "lastItem" in style.from ? 2 : 1;
}

/** Whether a page has what leads to the next one, as a text or a number. */
function hasNextPage(
  { document }: NamedOperation,
  style: ListStyle,
  page: { readonly schema: unknown; readonly items: JsonPath },
): boolean {
  switch (style.kind) {
    case "cursor":
      return "body" in style.from
        ? scalarAt(document, page.schema, style.from.body)
        : scalarAt(document, itemSchema(document, page.schema, page.items), style.from.lastItem);
    case "next-url": {
      if (style.href === undefined) return scalarAt(document, page.schema, style.next);
      const link = itemSchema(document, page.schema, style.next);
      return link !== undefined && schemaAt(document, link, [style.href]) !== undefined;
    }
    case "offset":
    case "page-number":
    case "link-header":
      return true;
  }
}

function itemsOfStyle({ document, path }: NamedOperation, style: ListStyle, schema: unknown): JsonPath | undefined {
  const items = expectedItems(style.items, { document, path, schema });
  // A list with a name of its own can be something else in the page of another path.
  if (items.length === 0 || style.items === "by-path" || isGenericName(String(items.at(-1)))) return items;
  const picked = pickItems(document, path, schema) ?? items;
  return picked.join("\n") === items.join("\n") ? items : undefined;
}

function itemsElsewhere({ document, path }: NamedOperation, _style: ListStyle, schema: unknown): JsonPath | undefined {
  return pickItems(document, path, schema);
}
