import type { NamedOperation } from "../operations/api-operation.js";
import type { Media } from "../operations/media-type.js";
import { requestMedia } from "../operations/request-media.js";
import { successResponses } from "../operations/response-media.js";
import type { GeneratorProfile, JsonPath, ListStyle } from "../profile/generator-profile.js";
import { expectedItems } from "./items-location.js";
import { arrayProperties, hasArrayAt, isArray, schemaAt } from "./schema-shape.js";

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
 * The first style that an operation matches: with the items where the style has them, or else with the items elsewhere.
 */
export function findPage(operation: NamedOperation, profile: GeneratorProfile): PagedList | undefined {
  const bodies = successResponses(operation).flatMap(({ status, media }) =>
    media.filter(({ kind }) => kind === "json").map((json) => ({ status, media: json })),
  );
  for (const locate of [itemsOfStyle, itemsElsewhere]) {
    for (const [style, entry] of profile.pagination.entries()) {
      if (!canRequestNextPage(operation, entry, profile)) continue;
      for (const { status, media } of bodies) {
        const items = locate(operation, entry, media.schema);
        if (items !== undefined) return { operation, style, items, status, media };
      }
    }
  }
  return undefined;
}

function canRequestNextPage(operation: NamedOperation, style: ListStyle, profile: GeneratorProfile): boolean {
  switch (style.kind) {
    case "cursor":
    case "offset":
    case "page-number":
      return style.into.in === "query"
        ? hasQuery(operation, [style.into.name])
        : hasField(operation, style.into.name, profile);
    case "link-header":
      return operation.method === "GET" && hasQuery(operation, ["page", "per_page"]);
    case "next-url":
      return operation.method === "GET";
  }
}

function itemsOfStyle(operation: NamedOperation, style: ListStyle, schema: unknown): JsonPath | undefined {
  const { document } = operation;
  if (style.kind === "next-url" && schemaAt(document, schema, style.next) === undefined) return undefined;
  const items = expectedItems(style.items, { document, path: operation.path, schema });
  return hasArrayAt(document, schema, items) ? items : undefined;
}

/** The only array of a page that has the next URL or the cursor, or whose links are in a header. */
function itemsElsewhere(operation: NamedOperation, style: ListStyle, schema: unknown): JsonPath | undefined {
  const { document } = operation;
  const sign = style.kind === "next-url" ? style.next : style.kind === "cursor" ? style.cursor : undefined;
  if (style.kind !== "link-header" && (sign === undefined || schemaAt(document, schema, sign) === undefined))
    return undefined;
  if (style.kind === "link-header" && isArray(document, schema)) return [];
  const [only, ...more] = arrayProperties(document, schema);
  return only !== undefined && more.length === 0 ? [only] : undefined;
}

function hasQuery(operation: NamedOperation, names: readonly string[]): boolean {
  return operation.parameters.some(({ place, name }) => place === "query" && names.includes(name));
}

function hasField(operation: NamedOperation, name: string, profile: GeneratorProfile): boolean {
  const request = requestMedia(operation, profile);
  return request?.form === "json" && schemaAt(operation.document, request.media.schema, [name]) !== undefined;
}
