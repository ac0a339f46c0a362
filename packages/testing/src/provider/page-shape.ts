import type { CursorPlace, PageFacts, Pagination, Path, ProviderFacts, ProviderProfile } from "@connectry/core";
import type { DocumentOperation } from "../document/operation.js";
import { type JsonSchema, type SchemaObject, typesOf } from "../schema/json-schema.js";
import type { SchemaView } from "../schema/schema-space.js";
import type { SchemaTools } from "../schema/schema-tools.js";
import { isJsonContent, successAnswer } from "./document-answers.js";
import { itemsPath } from "./items-place.js";

/** Where an answer holds a list. */
export interface ListShape {
  readonly items: Path;
  readonly itemSchema: JsonSchema;
  /** The schema of the whole answer. */
  readonly pageSchema: JsonSchema;
}

/** How an operation answers in pages. */
export interface PageShape extends ListShape {
  readonly pagination: Pagination;
  /** The parameter that says how many items a page has, where there is one. */
  readonly size: string | undefined;
  /** The parameter that says where a page begins. */
  readonly position: string;
  /** Whether that is a number, also where it is a cursor. */
  readonly isNumeric: boolean;
}

/** Where pages say how many items there are in all. */
export const totals = ["total_count", "totalCount", "total"] as const;

const sizeNames = /^(limit|per_?page|page_?size|max_?results|count|first|size)$/i;
const tokenNames = /^(page_?token|cursor|after|next|offset)$/i;

interface Reader {
  readonly parameters: readonly string[];
  /** Whether a parameter or a field of the body is where the next page is asked for. */
  takes(into: CursorPlace): boolean;
  readonly page: JsonSchema;
  schemaAt(path: Path): SchemaObject | undefined;
  /** The schema of a parameter, or of a field of the body. */
  parameterAt(name: string): SchemaObject | undefined;
}

/** Whether the document's operation pages in this style: its parameters and its answer have the places for it. */
function follows(pagination: Pagination, items: Path, reader: Reader): boolean {
  if (reader.schemaAt(items)?.items === undefined) return false;
  switch (pagination.kind) {
    case "cursor": {
      const { from, into, more } = pagination;
      if (!reader.takes(into)) return false;
      if (more !== undefined && reader.schemaAt(more) === undefined) return false;
      return "lastItem" in from || reader.schemaAt(from.body) !== undefined;
    }
    case "next-url":
      return reader.schemaAt(pagination.next) !== undefined;
    case "link-header":
      return reader.parameters.some((name) => sizeNames.test(name) || /^page$/i.test(name));
    default:
      return reader.takes(pagination.into);
  }
}

/** The list that an answer is, or the one that it wraps under a name of its own: `{ total_count, repositories: [] }`. */
function onlyList(reader: Reader): Path | undefined {
  if (reader.schemaAt([])?.items !== undefined) return [];
  const names = Object.keys(reader.schemaAt([])?.properties ?? {}).filter((name) => {
    const schema = reader.schemaAt([name]);
    // Some documents leave `items` in what they say is an object.
    return schema?.items !== undefined && (schema.type === undefined || typesOf(schema).includes("array"));
  });
  return names.length === 1 ? names : undefined;
}

/** The list that an answer without pages is, or says that it is: by its name, or by counting it. */
function wholeList({ path }: DocumentOperation, reader: Reader): Path | undefined {
  const place = itemsPath("by-path", path, () => reader.schemaAt([])?.items !== undefined);
  if (reader.schemaAt(place)?.items !== undefined) return place;
  return totals.some((name) => reader.schemaAt([name]) !== undefined) ? onlyList(reader) : undefined;
}

function shapeAt(reader: Reader, items: Path): ListShape {
  return { items, itemSchema: reader.schemaAt(items)?.items ?? true, pageSchema: reader.page };
}

/** Where a style has its items; where the document has none there, and wraps lists freely, the one that it has. */
function itemsOf(pagination: Pagination, { path }: DocumentOperation, reader: Reader): Path | undefined {
  const place = itemsPath(pagination.items, path, () => reader.schemaAt([])?.items !== undefined);
  // The generator, too, looks elsewhere only where the page itself says that it is one.
  const saysSo = pagination.kind === "cursor" || pagination.kind === "next-url";
  const isFree = pagination.kind === "link-header" || (pagination.items === "by-path" && saysSo);
  return isFree && reader.schemaAt(place)?.items === undefined ? onlyList(reader) : place;
}

function positionOf(pagination: Pagination, parameters: readonly string[]): string {
  if ("into" in pagination) return pagination.into.name;
  return parameters.find((name) => /^page$/i.test(name)) ?? parameters.find((name) => tokenNames.test(name)) ?? "page";
}

/** What is known of the lists of a document. */
export interface PageShapes {
  /** How an operation answers in pages; undefined where it does not. */
  page(operation: DocumentOperation): PageShape | undefined;
  /** Where the answer of an operation holds a list, in pages or whole; undefined where it holds none, or several. */
  list(operation: DocumentOperation): ListShape | undefined;
}

function remembered<T>(find: (operation: DocumentOperation) => T): (operation: DocumentOperation) => T {
  const known = new WeakMap<DocumentOperation, { readonly value: T }>();
  return (operation) => {
    const entry = known.get(operation) ?? { value: find(operation) };
    known.set(operation, entry);
    return entry.value;
  };
}

/** Finds out whether and how operations page: by the facts, else by the document. */
export function createPageShapes(
  profile: ProviderProfile,
  facts: ProviderFacts | undefined,
  tools: (view: SchemaView) => SchemaTools,
): PageShapes {
  const readerOf = (operation: DocumentOperation): Reader | undefined => {
    const { content } = successAnswer(operation);
    if (content === undefined || !isJsonContent(content)) return undefined;
    const { request, response } = operation.schemas;
    const page = response.convert(content.schema);
    const body = operation.requestBody()?.content[0];
    const fields = body === undefined ? undefined : tools(request).at(request.convert(body.schema), []);
    const query = operation.parameters().filter((parameter) => parameter.in === "query");
    return {
      takes: ({ in: place, name }) =>
        place === "query" ? query.some((one) => one.name === name) : Object.hasOwn(fields?.properties ?? {}, name),
      parameterAt: (name) => {
        const parameter = query.find((one) => one.name === name)?.schema;
        const schema = parameter === undefined ? fields?.properties?.[name] : request.convert(parameter);
        return schema === undefined ? undefined : tools(request).at(schema, []);
      },
      parameters: [...query.map(({ name }) => name), ...Object.keys(fields?.properties ?? {})],
      page,
      schemaAt: (path) => tools(response).at(page, path),
    };
  };

  const find = (operation: DocumentOperation): PageShape | undefined => {
    const styles = profile.pagination ?? [];
    const fact: PageFacts | undefined = Object.hasOwn(facts?.pages ?? {}, operation.path)
      ? facts?.pages[operation.path]
      : undefined;
    const told = fact !== undefined && (fact.method ?? "GET") === operation.method ? fact : undefined;
    if (styles.length === 0 || (operation.method !== "GET" && operation.method !== "POST")) return undefined;
    const reader = readerOf(operation);
    if (reader === undefined) return undefined;
    const candidates = told === undefined ? styles : styles.slice(told.style ?? 0, (told.style ?? 0) + 1);
    for (const pagination of candidates) {
      // A write that answers with a list is no page; one that takes a cursor in its body is.
      if (operation.method === "POST" && told === undefined && !("into" in pagination)) continue;
      const items = told?.items ?? itemsOf(pagination, operation, reader);
      if (items === undefined || !follows(pagination, items, reader)) continue;
      const size =
        pagination.kind === "offset" ? pagination.size : reader.parameters.find((name) => sizeNames.test(name));
      const position = positionOf(pagination, reader.parameters);
      const types = typesOf(reader.parameterAt(position) ?? {});
      const isNumeric = types.length > 0 && types.every((type) => type === "integer" || type === "number");
      return { pagination, ...shapeAt(reader, items), size, position, isNumeric };
    }
    return undefined;
  };

  const page = remembered(find);
  const whole = remembered((operation): ListShape | undefined => {
    const reader = readerOf(operation);
    const items = reader === undefined ? undefined : wholeList(operation, reader);
    return reader === undefined || items === undefined ? undefined : shapeAt(reader, items);
  });
  return { page, list: (operation) => page(operation) ?? whole(operation) };
}
