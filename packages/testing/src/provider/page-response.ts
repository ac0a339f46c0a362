import type { JsonPath } from "@connectry/core";
import { isObject } from "../json/json-object.js";
import { getAtPath, setAtPath } from "../json/json-path.js";
import { typesOf } from "../schema/json-schema.js";
import type { SchemaTools } from "../schema/schema-tools.js";
import { formatPosition, readPosition } from "./page-position.js";
import { type PageShape, totalNames } from "./page-shape.js";

/** A page, or why there is none. */
export type PageResponse =
  | { readonly kind: "page"; readonly body: unknown; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: "unknown-cursor"; readonly parameter: string }
  /** The document does not allow what leads to the next page in this style. */
  | {
      readonly kind: "not-allowed";
      readonly path: JsonPath;
      readonly value: unknown;
      readonly types: readonly string[];
    };

/** A request for a page. */
export interface PageRequest {
  readonly origin: string;
  readonly path: string;
  /** As sent, without `?`. */
  readonly query: string;
  /** The parameters of query and body together. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Items on a page where the request does not set it. */
  readonly defaultSize: number;
}

/** A list as one operation returns it. */
export interface PageSource {
  readonly shape: PageShape;
  readonly items: readonly unknown[];
}

function sizeOf({ size: name, ask }: PageShape, { values, defaultSize }: PageRequest): number {
  // A list that was not asked for in pages is one page.
  if (ask && getAtPath(values, [...(ask.inside ?? []), ask.name]) === undefined) return Number.MAX_SAFE_INTEGER;
  const size = Number(name === undefined ? undefined : values[name]);
  return Number.isInteger(size) && size > 0 ? size : defaultSize;
}

function linkTo(request: PageRequest, name: string, value: string): string {
  const query = new URLSearchParams(request.query);
  query.set(name, value);
  return `${request.path}?${query}`;
}

/** Removes the cursor from the last page, as its schema permits: by null, by leaving it out, or by an empty string. */
function clearCursor(
  body: unknown,
  path: JsonPath,
  { pageSchema, tools }: { pageSchema: PageShape["pageSchema"]; tools: SchemaTools },
): void {
  for (let length = path.length; length > 0; length -= 1) {
    const memberPath = path.slice(0, length);
    const parent = getAtPath(body, memberPath.slice(0, -1));
    const key = memberPath.at(-1);
    if (!isObject(parent) || typeof key !== "string" || !Object.hasOwn(parent, key)) continue;
    const isNullable = typesOf(tools.schemaAt(pageSchema, memberPath) ?? {}).includes("null");
    if (length === path.length && isNullable) return void setAtPath(body, memberPath, null);
    if (!(tools.schemaAt(pageSchema, memberPath.slice(0, -1))?.required ?? []).includes(key)) {
      // The parent belongs to a copy of a sample, so that it can be changed.
      delete (parent as Record<string, unknown>)[key];
      return;
    }
  }
  if (getAtPath(body, path) !== undefined) setAtPath(body, path, "");
}

/** Whether a value has one of the types of a schema; any value where it names none. */
function isOfTypes(value: unknown, types: readonly string[]): boolean {
  const own = Array.isArray(value) ? ["array"] : typeof value === "number" ? ["number", "integer"] : [typeof value];
  return types.length === 0 || own.some((type) => types.includes(type));
}

/** Creates one page of a list in the style of the provider. */
export function createPage({ shape, items }: PageSource, request: PageRequest, tools: SchemaTools): PageResponse {
  const { pagination, pageSchema } = shape;
  const size = sizeOf(shape, request);
  const list = { shape, items, size };
  const position = readPosition(list, getAtPath(request.values, [...shape.inside, shape.position]));
  if ("unknown" in position) return { kind: "unknown-cursor", parameter: shape.position };
  const end = position.start + size;
  const more = end < items.length;
  // A page that is an array needs no sample around its items.
  let body = shape.items.length === 0 ? [] : tools.sample(pageSchema, 0);
  body = setAtPath(body, shape.items, items.slice(position.start, end));
  for (const name of totalNames)
    if (typeof getAtPath(body, [name]) === "number") body = setAtPath(body, [name], items.length);
  // A scroll leads on from its last page, too.
  const leadsOn = more || (pagination.kind === "cursor" && pagination.scrolls === true);
  const next = leadsOn ? formatPosition(list, end) : undefined;
  const headers: Record<string, string> = {};
  let refused: Extract<PageResponse, { kind: "not-allowed" }> | undefined;
  const set = (path: JsonPath, value: unknown): void => {
    const types = typesOf(tools.schemaAt(pageSchema, path) ?? {});
    if (!isOfTypes(value, types)) refused ??= { kind: "not-allowed", path, value, types };
    body = setAtPath(body, path, value);
  };
  const setIfDeclared = (path: JsonPath | undefined, value: unknown): void => {
    if (path !== undefined && tools.schemaAt(pageSchema, path) !== undefined) set(path, value);
  };
  setIfDeclared(pagination.more, more);
  setIfDeclared(pagination.last, !more);
  setIfDeclared(pagination.total, items.length);
  if (pagination.kind === "offset") setIfDeclared(pagination.step, size);
  if (pagination.kind === "page-number") setIfDeclared(pagination.pages, Math.ceil(items.length / size));
  if (pagination.kind === "cursor" && "body" in pagination.from) {
    if (next !== undefined) set(pagination.from.body, shape.isNumeric ? Number(next) : next);
    else clearCursor(body, pagination.from.body, { pageSchema, tools });
  }
  if (pagination.kind === "next-url") {
    const link = next === undefined ? undefined : linkTo(request, shape.position, next);
    // `next_page_uri` of Twilio is relative; a member that is named for a URL is absolute.
    const isRelative = String(pagination.next.at(-1)).endsWith("uri");
    const { rel, href } = pagination.link ?? {};
    if (rel !== undefined && href !== undefined)
      set(pagination.next, link === undefined ? [] : [{ [rel]: "next", [href]: link }]);
    else if (link === undefined) clearCursor(body, pagination.next, { pageSchema, tools });
    else set(pagination.next, isRelative ? link : `${request.origin}${link}`);
  }
  if (refused !== undefined) return refused;
  if (pagination.kind === "link-header" && next !== undefined) {
    headers.link = `<${request.origin}${linkTo(request, shape.position, next)}>; rel="next"`;
  }
  return { kind: "page", body, headers };
}
