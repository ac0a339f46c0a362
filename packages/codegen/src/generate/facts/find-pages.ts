import type { GeneratorProfile, ListStyle, Path } from "../generator-profile.js";
import type { NamedOperation } from "../operations/api-operation.js";
import type { Media } from "../operations/media-type.js";
import { requestMedia } from "../operations/request-media.js";
import { successResponses } from "../operations/response-media.js";
import { expectedItems } from "./items-place.js";
import { arrayProperties, hasArrayAt, isArray, schemaAt } from "./schema-shape.js";

/** A list that can be walked: which operation, in which style of the profile, with its items where. */
export interface PagedList {
  readonly operation: NamedOperation;
  /** Index into the profile's `pagination`. */
  readonly style: number;
  readonly items: Path;
  /** The status and media type of a page. */
  readonly status: string;
  readonly media: Media;
}

/** The operations that are lists in one of the profile's styles, at most one a path: GET before POST. */
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

/** The first style that an operation fits: with items where the style has them, else with items of its own place. */
export function findPage(operation: NamedOperation, profile: GeneratorProfile): PagedList | undefined {
  const bodies = successResponses(operation).flatMap(({ status, media }) =>
    media.filter(({ kind }) => kind === "json").map((one) => ({ status, media: one })),
  );
  for (const locate of [itemsOfStyle, itemsElsewhere]) {
    for (const [style, entry] of profile.pagination.entries()) {
      if (!canGoOn(operation, entry, profile)) continue;
      for (const { status, media } of bodies) {
        const items = locate(operation, entry, media.schema);
        if (items !== undefined) return { operation, style, items, status, media };
      }
    }
  }
  return undefined;
}

function canGoOn(operation: NamedOperation, style: ListStyle, profile: GeneratorProfile): boolean {
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

function itemsOfStyle(operation: NamedOperation, style: ListStyle, schema: unknown): Path | undefined {
  const { document } = operation;
  if (style.kind === "next-url" && schemaAt(document, schema, style.next) === undefined) return undefined;
  const items = expectedItems(style.items, operation.path, document, schema);
  return hasArrayAt(document, schema, items) ? items : undefined;
}

/** The only array of a page that says itself that it is one: by its next link, or by holding the cursor. */
function itemsElsewhere(operation: NamedOperation, style: ListStyle, schema: unknown): Path | undefined {
  const { document } = operation;
  const mark = style.kind === "next-url" ? style.next : style.kind === "cursor" ? style.cursor : undefined;
  if (style.kind !== "link-header" && (mark === undefined || schemaAt(document, schema, mark) === undefined))
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
