import type { CursorTarget, JsonPath, PageFacts, Pagination, ProviderFacts, ProviderProfile } from "@connectry/core";
import type { DocumentOperation } from "../document/operation.js";
import { type JsonSchema, type SchemaObject, typesOf } from "../schema/json-schema.js";
import type { SchemaToolsOf } from "../schema/schema-tools.js";
import { isJsonContent, successResponse } from "./documented-responses.js";
import { itemsPath } from "./items-path.js";

/** Where a response has the items of a list. */
export interface ListShape {
  readonly items: JsonPath;
  readonly itemSchema: JsonSchema;
  /** The schema of the whole response. */
  readonly pageSchema: JsonSchema;
}

/** How an operation returns pages. */
export interface PageShape extends ListShape {
  readonly pagination: Pagination;
  /** The parameter without which it returns everything at once: that of its style, where the operation has it. */
  readonly ask: Pagination["ask"];
  /** The parameter for the number of items on a page, where there is one. */
  readonly size: string | undefined;
  /** The parameter for the position of the page, and where the body has it, if it is not at its top. */
  readonly position: string;
  readonly inside: JsonPath;
  /** Whether that parameter is a number, which a cursor may be, too. */
  readonly isNumeric: boolean;
  /** Whether that parameter is a time (RFC 3339), as a cursor may be. */
  readonly isTime: boolean;
  /** Whether nothing but an empty page is the end. */
  readonly endsByEmptyPage: boolean;
}

/** The members of a page that hold the number of all items. */
export const totalNames = ["total_count", "totalCount", "total"] as const;

const sizeNames = /^(limit|per_?page|page_?size|max_?results|count|first|size)$/i;
const positionNames = /^(page_?token|cursor|after|next|offset)$/i;

/** The parts of an operation that tell how it pages. */
interface OperationReader {
  readonly path: string;
  readonly parameters: readonly string[];
  /** Whether the operation has a parameter or a member of the body for the next page. */
  accepts(into: CursorTarget): boolean;
  readonly page: JsonSchema;
  schemaAt(path: JsonPath): SchemaObject | undefined;
  /** The schema of a parameter, or of a member of the body. */
  parameterAt(path: JsonPath): SchemaObject | undefined;
}

/** Whether an operation has the parameters and the response of a pagination style. */
function supports(reader: OperationReader, pagination: Pagination, items: JsonPath): boolean {
  if (reader.schemaAt(items)?.items === undefined) return false;
  switch (pagination.kind) {
    case "cursor": {
      const { from, into } = pagination;
      if (!reader.accepts(into)) return false;
      return "lastItem" in from || reader.schemaAt(from.body) !== undefined;
    }
    case "next-url": {
      const next = reader.schemaAt(pagination.next);
      // As in the generator: what leads on is a text, or a list of links.
      const wanted = pagination.link === undefined ? "string" : "array";
      return next !== undefined && (typesOf(next).length === 0 || typesOf(next).includes(wanted));
    }
    case "link-header":
      return reader.parameters.some((name) => sizeNames.test(name) || /^page$/i.test(name));
    default:
      return reader.accepts(pagination.into);
  }
}

const isNumeric = (types: readonly string[]) => types.every((type) => type === "integer" || type === "number");

/** Whether a page of the style itself does not lead on after the last one. */
function hasNoEnd(pagination: Pagination): boolean {
  if (pagination.kind === "cursor") return "lastItem" in pagination.from || pagination.scrolls === true;
  return pagination.kind === "page-number" || pagination.kind === "offset";
}

/** The members of a page that say whether it is the last. */
function endsOf(pagination: Pagination): JsonPath[] {
  const { more, last, total } = pagination;
  const pages = pagination.kind === "page-number" ? pagination.pages : undefined;
  return [more, last, total, pages].filter((path) => path !== undefined);
}

/** The only array of a response: the response itself, or its only array member, as in `{ total_count, repositories: [] }`. */
function onlyArray(reader: OperationReader): JsonPath | undefined {
  if (reader.schemaAt([])?.items !== undefined) return [];
  const names = Object.keys(reader.schemaAt([])?.properties ?? {}).filter((name) => {
    const schema = reader.schemaAt([name]);
    // Some documents have `items` in a schema of type object.
    return schema?.items !== undefined && (schema.type === undefined || typesOf(schema).includes("array"));
  });
  return names.length === 1 ? names : undefined;
}

/** The items of a list without pages: the array with the name of the path, or the only array of a response with a total. */
function unpagedItems(reader: OperationReader): JsonPath | undefined {
  const path = itemsPath("by-path", reader.path, () => reader.schemaAt([])?.items !== undefined);
  if (reader.schemaAt(path)?.items !== undefined) return path;
  return totalNames.some((name) => reader.schemaAt([name]) !== undefined) ? onlyArray(reader) : undefined;
}

function listShape(reader: OperationReader, items: JsonPath): ListShape {
  return { items, itemSchema: reader.schemaAt(items)?.items ?? true, pageSchema: reader.page };
}

/** The items of a page in a style; the only array of the page where the style permits another name, or the facts say that it is a page. */
function pageItems(reader: OperationReader, pagination: Pagination, isKnown: boolean): JsonPath | undefined {
  const path = itemsPath(pagination.items, reader.path, () => reader.schemaAt([])?.items !== undefined);
  // As in the generator: another array is only taken in styles where the response itself announces the next page.
  const announcesNext = pagination.kind === "cursor" || pagination.kind === "next-url";
  const permitsOtherNames =
    pagination.kind === "link-header" || (pagination.items === "by-path" && (announcesNext || isKnown));
  return permitsOtherNames && reader.schemaAt(path)?.items === undefined ? onlyArray(reader) : path;
}

function positionName(pagination: Pagination, parameters: readonly string[]): string {
  if ("into" in pagination) return pagination.into.name;
  return (
    parameters.find((name) => /^page$/i.test(name)) ?? parameters.find((name) => positionNames.test(name)) ?? "page"
  );
}

/** The lists of a document. */
export interface PageShapes {
  /** How an operation returns pages; undefined for an operation without pages. */
  page(operation: DocumentOperation): PageShape | undefined;
  /** Where an operation returns a list, with or without pages; undefined where it returns none, or several. */
  list(operation: DocumentOperation): ListShape | undefined;
}

function memoize<T>(find: (operation: DocumentOperation) => T): (operation: DocumentOperation) => T {
  const cache = new WeakMap<DocumentOperation, { readonly value: T }>();
  return (operation) => {
    const entry = cache.get(operation) ?? { value: find(operation) };
    cache.set(operation, entry);
    return entry.value;
  };
}

/** Determines how operations page: by the facts where they have the operation, else by the document. */
export function createPageShapes(
  profile: ProviderProfile,
  facts: ProviderFacts | undefined,
  tools: SchemaToolsOf,
): PageShapes {
  const readerOf = (operation: DocumentOperation): OperationReader | undefined => {
    const { content } = successResponse(operation);
    if (content === undefined || !isJsonContent(content)) return undefined;
    const { request, response } = operation.schemas;
    const page = response.convert(content.schema);
    const body = operation.requestBody()?.content[0];
    const fieldAt = (path: JsonPath) =>
      body === undefined ? undefined : tools(request).schemaAt(request.convert(body.schema), path);
    const fields = fieldAt([]);
    const query = operation.parameters().filter((parameter) => parameter.in === "query");
    return {
      path: operation.path,
      accepts: ({ in: location, name, inside = [] }) =>
        location === "query" ? query.some((one) => one.name === name) : fieldAt([...inside, name]) !== undefined,
      parameterAt: (path) => {
        const parameter = query.find((one) => one.name === path.at(-1))?.schema;
        if (parameter === undefined) return fieldAt(path);
        return tools(request).schemaAt(request.convert(parameter), []);
      },
      parameters: [...query.map(({ name }) => name), ...Object.keys(fields?.properties ?? {})],
      page,
      schemaAt: (path) => tools(response).schemaAt(page, path),
    };
  };

  const findPage = (operation: DocumentOperation): PageShape | undefined => {
    const styles = profile.pagination ?? [];
    const pathFact: PageFacts | undefined = Object.hasOwn(facts?.pages ?? {}, operation.path)
      ? facts?.pages[operation.path]
      : undefined;
    const fact = pathFact !== undefined && (pathFact.method ?? "GET") === operation.method ? pathFact : undefined;
    if (!operation.paged) return undefined;
    if (styles.length === 0 || (operation.method !== "GET" && operation.method !== "POST")) return undefined;
    const reader = readerOf(operation);
    if (reader === undefined) return undefined;
    const candidates = fact === undefined ? styles : styles.slice(fact.style ?? 0, (fact.style ?? 0) + 1);
    for (const pagination of candidates) {
      // A POST that returns a list is a page only where its body has a cursor.
      if (operation.method === "POST" && fact === undefined && !("into" in pagination)) continue;
      const items = fact?.items ?? pageItems(reader, pagination, fact !== undefined);
      if (items === undefined || !supports(reader, pagination, items)) continue;
      const size =
        pagination.kind === "offset" ? pagination.size : reader.parameters.find((name) => sizeNames.test(name));
      const position = positionName(pagination, reader.parameters);
      const inside = ("into" in pagination && pagination.into.inside) || [];
      const endsByEmptyPage = hasNoEnd(pagination) && !endsOf(pagination).some((path) => reader.schemaAt(path));
      const inPage = pagination.kind === "cursor" && "body" in pagination.from ? pagination.from.body : undefined;
      const types = [reader.parameterAt([...inside, position]), inPage && reader.schemaAt(inPage)]
        .map((schema) => typesOf(schema ?? {}).filter((type) => type !== "null"))
        .find((found) => found.length > 0 && isNumeric(found));
      return {
        pagination,
        ...listShape(reader, items),
        ask: pagination.ask && reader.accepts(pagination.ask) ? pagination.ask : undefined,
        size,
        position,
        inside,
        isNumeric: types !== undefined,
        isTime: reader.parameterAt([...inside, position])?.format === "date-time",
        endsByEmptyPage,
      };
    }
    return undefined;
  };

  const page = memoize(findPage);
  const unpaged = memoize((operation): ListShape | undefined => {
    const reader = readerOf(operation);
    const items = reader === undefined ? undefined : unpagedItems(reader);
    return reader === undefined || items === undefined ? undefined : listShape(reader, items);
  });
  return { page, list: (operation) => page(operation) ?? unpaged(operation) };
}
