import { fieldOf, stringIn } from "../generate/document/json.js";
import type { JsonPath } from "../generate/profile/generator-profile.js";
import type { PaginationHints } from "./pagination-hints.js";
import { isScalar } from "./schema-paths.js";

/** A pagination style of a profile, without `items`. */
export type StyleDraft =
  | { readonly kind: "cursor"; readonly from: { readonly body: JsonPath }; readonly into: CursorTargetDraft }
  | { readonly kind: "link-header" }
  | { readonly kind: "next-url"; readonly next: JsonPath }
  | { readonly kind: "offset"; readonly into: CursorTargetDraft; readonly size: string }
  | { readonly kind: "page-number"; readonly into: CursorTargetDraft; readonly first: number };

interface CursorTargetDraft {
  readonly in: "query" | "body";
  readonly name: string;
}

// These match names in lower case, without separators.
const SENT_CURSORS =
  /^(cursor|after|pagetoken|nexttoken|continuationtoken|continuation|marker|startcursor|startafter|next|nextcursor|nextpagetoken|exclusivestart.*|skiptoken|token|pagecursor|paginationtoken|nextmarker)$/;
const RETURNED_CURSORS =
  /^(nextcursor|nextpagetoken|nexttoken|nextmarker|nextcontinuationtoken|continuationtoken|after|cursor|next|endcursor|nextpagecursor|lastevaluated.*|paginationtoken|marker)$/;
const NEXT_URLS = /^(nexturl|nextlink|nexthref|nextpageurl|nextpageuri|nextpagelink|nextpath|nexturi|odatanextlink)$/;
const PAGE_NUMBERS = /^(page|pagenumber|pagenum|pageno|pageindex|currentpage)$/;
const OFFSETS = /^(offset|skip|start|startindex|from|startat|pageoffset)$/;
const SIZES = /^(limit|count|top|max|maxresults|pagesize|perpage|size|take|rows|num|pagelimit|pagecount|itemsperpage)$/;

/** The styles that match the parameters and response of an operation, the most certain first. */
export function stylesOf(hints: PaginationHints): StyleDraft[] {
  return [linkHeader, cursor, nextUrl, offset, pageNumber].flatMap((find) => find(hints) ?? []);
}

function linkHeader({ operation, hasLink, query }: PaginationHints): StyleDraft | undefined {
  const names = [...query.keys()];
  return hasLink && operation.method === "GET" && names.some((name) => name === "page" || name === "per_page")
    ? { kind: "link-header" }
    : undefined;
}

function cursor(hints: PaginationHints): StyleDraft | undefined {
  const targets = [
    ...[...hints.query.keys()].map((name) => ({ in: "query" as const, name })),
    ...(hints.operation.method === "POST" ? [...hints.body.keys()].map((name) => ({ in: "body" as const, name })) : []),
  ];
  for (const into of targets.filter(({ name }) => SENT_CURSORS.test(normalizeName(name)))) {
    const from = hints.scalars
      .filter(({ path, schema }) => RETURNED_CURSORS.test(normalizeName(lastOf(path))) && !isUrl(schema, lastOf(path)))
      .map(({ path }) => ({ path, likeness: likeness(into.name, path) }))
      .filter(({ likeness: found }) => found > 0)
      .sort((a, b) => b.likeness - a.likeness)[0];
    if (from !== undefined) return { kind: "cursor", from: { body: from.path }, into };
  }
  return undefined;
}

/**
 * How similar the name of a response field is to that of the parameter that takes its value; 0 if it is not similar.
 */
function likeness(sent: string, path: JsonPath): number {
  const [parameter, field] = [normalizeName(sent), normalizeName(lastOf(path))];
  if (field === `next${parameter}` || (field === parameter && normalizeName(String(path.at(-2) ?? "")) === "next"))
    return 3;
  if (field === parameter) return 2;
  // A field with another name counts if it has the word "next", or is the cursor of the last item.
  return /^next|^endcursor$|^lastevaluated/.test(field) ? 1 : 0;
}

function nextUrl({ operation, scalars }: PaginationHints): StyleDraft | undefined {
  if (operation.method !== "GET") return undefined;
  const field = scalars.find(({ path, schema }) => {
    const [name, parent] = [normalizeName(lastOf(path)), normalizeName(String(path.at(-2) ?? ""))];
    if (!isScalar(operation.document, schema)) return false;
    if (NEXT_URLS.test(name) || (name === "href" && parent === "next")) return true;
    const hasPrevious = scalars.some((other) => /^prev(ious)?$/.test(normalizeName(lastOf(other.path))));
    return name === "next" && (isUrl(schema, name) || /^_?links$/.test(parent) || hasPrevious);
  });
  return field === undefined ? undefined : { kind: "next-url", next: field.path };
}

function offset({ operation, query }: PaginationHints): StyleDraft | undefined {
  const name = [...query.keys()].find((one) => OFFSETS.test(normalizeName(one)) && isCount(operation, query.get(one)));
  const size = [...query.keys()].find((one) => SIZES.test(normalizeName(one)) && isCount(operation, query.get(one)));
  if (name === undefined || size === undefined) return undefined;
  return { kind: "offset", into: { in: "query", name }, size };
}

function pageNumber({ operation, query }: PaginationHints): StyleDraft | undefined {
  const name = [...query.keys()].find(
    (one) => PAGE_NUMBERS.test(normalizeName(one)) && isCount(operation, query.get(one)),
  );
  if (name === undefined) return undefined;
  const schema = query.get(name);
  const first = [fieldOf(schema, "default"), fieldOf(schema, "minimum")].find((value) => value === 0 || value === 1);
  return { kind: "page-number", into: { in: "query", name }, first: first === 0 ? 0 : 1 };
}

function isCount({ document }: PaginationHints["operation"], schema: unknown): boolean {
  return isScalar(document, schema, ["integer", "number"]);
}

function isUrl(schema: unknown, name: string): boolean {
  return (
    /^(uri|url|uri-reference)$/.test(stringIn(schema, "format") ?? "") ||
    /url|uri|link|href/i.test(name) ||
    /\b(url|uri|link)\b/i.test(stringIn(schema, "description") ?? "")
  );
}

/** A name in lower case, with letters and digits only. */
function normalizeName(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
}

function lastOf(path: JsonPath): string {
  return String(path.at(-1) ?? "");
}
