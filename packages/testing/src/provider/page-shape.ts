import type { PageFacts, Pagination, Path, ProviderFacts, ProviderProfile } from "@connectry/core";
import type { DocumentOperation } from "../document/operation.js";
import type { JsonSchema, SchemaObject } from "../schema/json-schema.js";
import type { SchemaView } from "../schema/schema-space.js";
import { isJsonContent, type SchemaTools, successAnswer } from "./document-answers.js";

/** How an operation answers in pages. */
export interface PageShape {
  readonly pagination: Pagination;
  readonly items: Path;
  readonly itemSchema: JsonSchema;
  /** The schema of a whole page. */
  readonly pageSchema: JsonSchema;
  /** The parameter that says how many items a page has, where there is one. */
  readonly size: string | undefined;
  /** The parameter that says where a page begins. */
  readonly position: string;
}

const sizeNames = /^(limit|per_?page|page_?size|max_?results|count|first|size)$/i;
const tokenNames = /^(page_?token|cursor|after|next|offset|since)$/i;

interface Reader {
  readonly parameters: readonly string[];
  readonly page: JsonSchema;
  schemaAt(path: Path): SchemaObject | undefined;
}

/** Whether the document's operation pages in this style: its parameters and its answer have the places for it. */
function follows(pagination: Pagination, items: Path, reader: Reader): boolean {
  if (reader.schemaAt(items)?.items === undefined) return false;
  switch (pagination.kind) {
    case "cursor": {
      const { from, into, more } = pagination;
      if (!reader.parameters.includes(into.name)) return false;
      if (more !== undefined && reader.schemaAt(more) === undefined) return false;
      return "lastItem" in from || reader.schemaAt(from.body) !== undefined;
    }
    case "next-url":
      return reader.schemaAt(pagination.next) !== undefined;
    case "link-header":
      return reader.parameters.some((name) => sizeNames.test(name) || /^page$/i.test(name));
    default:
      return reader.parameters.includes(pagination.into.name);
  }
}

/** The one list of a page that wraps it in an object of varying name: `{ total_count, repositories: [] }`. */
function onlyList(reader: Reader): Path | undefined {
  const names = Object.keys(reader.schemaAt([])?.properties ?? {}).filter(
    (name) => reader.schemaAt([name])?.items !== undefined,
  );
  return names.length === 1 ? names : undefined;
}

function positionOf(pagination: Pagination, parameters: readonly string[]): string {
  if ("into" in pagination) return pagination.into.name;
  return parameters.find((name) => tokenNames.test(name)) ?? parameters.find((name) => /^page$/i.test(name)) ?? "page";
}

/** Finds out whether and how operations page: by the facts, else by the document. */
export function createPageShapes(
  profile: ProviderProfile,
  facts: ProviderFacts | undefined,
  tools: (view: SchemaView) => SchemaTools,
): (operation: DocumentOperation) => PageShape | undefined {
  const known = new WeakMap<DocumentOperation, { readonly shape: PageShape | undefined }>();

  const readerOf = (operation: DocumentOperation): Reader | undefined => {
    const { content } = successAnswer(operation);
    if (content === undefined || !isJsonContent(content)) return undefined;
    const { request, response } = operation.schemas;
    const page = response.convert(content.schema);
    const body = operation.requestBody()?.content[0];
    const fields = body === undefined ? undefined : tools(request).at(request.convert(body.schema), []);
    const query = operation
      .parameters()
      .filter((parameter) => parameter.in === "query")
      .map(({ name }) => name);
    return {
      parameters: [...query, ...Object.keys(fields?.properties ?? {})],
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
      const items =
        told?.items ??
        (pagination.kind === "link-header" && reader.schemaAt(pagination.items)?.items === undefined
          ? onlyList(reader)
          : pagination.items);
      if (items === undefined || !follows(pagination, items, reader)) continue;
      const size =
        pagination.kind === "offset" ? pagination.size : reader.parameters.find((name) => sizeNames.test(name));
      return {
        pagination,
        items,
        itemSchema: reader.schemaAt(items)?.items ?? true,
        pageSchema: reader.page,
        size,
        position: positionOf(pagination, reader.parameters),
      };
    }
    return undefined;
  };

  return (operation) => {
    let entry = known.get(operation);
    if (entry === undefined) {
      entry = { shape: find(operation) };
      known.set(operation, entry);
    }
    return entry.shape;
  };
}
