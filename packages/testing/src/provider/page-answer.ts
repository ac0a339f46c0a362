import type { Path } from "@connectry/core";
import { isObject } from "../document/json.js";
import { type JsonSchema, typesOf } from "../schema/json-schema.js";
import type { SchemaTools } from "../schema/schema-tools.js";
import { positionText, readPosition } from "./page-position.js";
import { type PageShape, totals } from "./page-shape.js";
import { placeValue, valueAt } from "./place-value.js";

/** A page, or the cursor that leads nowhere. */
export type PageAnswer =
  | { readonly kind: "page"; readonly body: unknown; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: "unknown-cursor"; readonly parameter: string };

/** What a request for a page said. */
export interface PageRequest {
  readonly origin: string;
  readonly path: string;
  /** As sent, without `?`. */
  readonly query: string;
  /** Parameters of query and body together. */
  readonly values: Readonly<Record<string, unknown>>;
}

function sizeOf(sent: unknown, defaultSize: number): number {
  const size = Number(sent);
  return Number.isInteger(size) && size > 0 ? size : defaultSize;
}

function linkTo(request: PageRequest, name: string, value: string): string {
  const query = new URLSearchParams(request.query);
  query.set(name, value);
  return `${request.path}?${query}`;
}

/** Says "no more" in the way that the schema has for it: null, absence, or empty text. */
function clear(body: unknown, path: Path, schema: JsonSchema, tools: SchemaTools): void {
  for (let length = path.length; length > 0; length -= 1) {
    const way = path.slice(0, length);
    const parent = valueAt(body, way.slice(0, -1));
    const key = way.at(-1);
    if (!isObject(parent) || typeof key !== "string" || !Object.hasOwn(parent, key)) continue;
    const nullable = typesOf(tools.at(schema, way) ?? {}).includes("null");
    if (length === path.length && nullable) return void placeValue(body, way, null);
    if (!(tools.at(schema, way.slice(0, -1))?.required ?? []).includes(key)) {
      // The parent is our own copy of a sample.
      delete (parent as Record<string, unknown>)[key];
      return;
    }
  }
  if (valueAt(body, path) !== undefined) placeValue(body, path, "");
}

/** One page of a list, in the provider's style. */
export function answerPage(
  shape: PageShape,
  items: readonly unknown[],
  request: PageRequest,
  defaultSize: number,
  tools: SchemaTools,
): PageAnswer {
  const { pagination, pageSchema } = shape;
  const size = sizeOf(shape.size === undefined ? undefined : request.values[shape.size], defaultSize);
  const position = readPosition(shape, items, size, request.values[shape.position]);
  if ("unknown" in position) return { kind: "unknown-cursor", parameter: shape.position };
  const end = position.start + size;
  const more = end < items.length;
  // A list that is the whole page needs nothing around it.
  let body = shape.items.length === 0 ? [] : tools.sample(pageSchema, 0);
  body = placeValue(body, shape.items, items.slice(position.start, end));
  for (const name of totals)
    if (typeof valueAt(body, [name]) === "number") body = placeValue(body, [name], items.length);
  const next = more ? positionText(shape, items, size, end) : undefined;
  const headers: Record<string, string> = {};
  if (pagination.kind === "cursor") {
    if (pagination.more !== undefined) body = placeValue(body, pagination.more, more);
    if ("body" in pagination.from) {
      if (next !== undefined) body = placeValue(body, pagination.from.body, shape.isNumeric ? Number(next) : next);
      else clear(body, pagination.from.body, pageSchema, tools);
    }
  }
  if (pagination.kind === "next-url") {
    const link = next === undefined ? undefined : linkTo(request, shape.position, next);
    // Twilio's `next_page_uri` is relative, what is called a URL is whole.
    const relative = String(pagination.next.at(-1)).endsWith("uri");
    if (link === undefined) clear(body, pagination.next, pageSchema, tools);
    else body = placeValue(body, pagination.next, relative ? link : `${request.origin}${link}`);
  }
  if (pagination.kind === "link-header" && next !== undefined) {
    headers.link = `<${request.origin}${linkTo(request, shape.position, next)}>; rel="next"`;
  }
  return { kind: "page", body, headers };
}
