import { fieldOf, stringIn } from "../generate/document/json.js";
import type { Path } from "../generate/generator-profile.js";
import type { PageSigns } from "./page-signs.js";
import { isScalar } from "./schema-paths.js";

/** How a list goes on, without where its items are. */
export type StyleDraft =
  | { readonly kind: "cursor"; readonly from: { readonly body: Path }; readonly into: CursorPlaceDraft }
  | { readonly kind: "link-header" }
  | { readonly kind: "next-url"; readonly next: Path }
  | { readonly kind: "offset"; readonly into: CursorPlaceDraft; readonly size: string }
  | { readonly kind: "page-number"; readonly into: CursorPlaceDraft; readonly first: number };

interface CursorPlaceDraft {
  readonly in: "query" | "body";
  readonly name: string;
}

// Names without their separators, in lower case.
const SENT_CURSORS =
  /^(cursor|after|pagetoken|nexttoken|continuationtoken|continuation|marker|startcursor|startafter|next|nextcursor|nextpagetoken|exclusivestart.*|skiptoken|token|pagecursor|paginationtoken|nextmarker)$/;
const RETURNED_CURSORS =
  /^(nextcursor|nextpagetoken|nexttoken|nextmarker|nextcontinuationtoken|continuationtoken|after|cursor|next|endcursor|nextpagecursor|lastevaluated.*|paginationtoken|marker)$/;
const NEXT_URLS = /^(nexturl|nextlink|nexthref|nextpageurl|nextpageuri|nextpagelink|nextpath|nexturi|odatanextlink)$/;
const PAGE_NUMBERS = /^(page|pagenumber|pagenum|pageno|pageindex|currentpage)$/;
const OFFSETS = /^(offset|skip|start|startindex|from|startat|pageoffset)$/;
const SIZES = /^(limit|count|top|max|maxresults|pagesize|perpage|size|take|rows|num|pagelimit|pagecount|itemsperpage)$/;

/** The styles that an operation's parameters and answer speak for, the surest first. */
export function stylesOf(signs: PageSigns): StyleDraft[] {
  return [linkHeader, cursor, nextUrl, offset, pageNumber].flatMap((find) => find(signs) ?? []);
}

function linkHeader({ operation, hasLink, query }: PageSigns): StyleDraft | undefined {
  const names = [...query.keys()];
  return hasLink && operation.method === "GET" && names.some((name) => name === "page" || name === "per_page")
    ? { kind: "link-header" }
    : undefined;
}

function cursor(signs: PageSigns): StyleDraft | undefined {
  const places = [
    ...[...signs.query.keys()].map((name) => ({ in: "query" as const, name })),
    ...(signs.operation.method === "POST" ? [...signs.body.keys()].map((name) => ({ in: "body" as const, name })) : []),
  ];
  for (const into of places.filter(({ name }) => SENT_CURSORS.test(plain(name)))) {
    const from = signs.scalars
      .filter(({ path, schema }) => RETURNED_CURSORS.test(plain(lastOf(path))) && !isUrl(schema, lastOf(path)))
      .map(({ path }) => ({ path, likeness: likeness(into.name, path) }))
      .filter(({ likeness: found }) => found > 0)
      .sort((a, b) => b.likeness - a.likeness)[0];
    if (from !== undefined) return { kind: "cursor", from: { body: from.path }, into };
  }
  return undefined;
}

/** How much a field of an answer is called like the parameter that it goes into; 0 where they have nothing in common. */
function likeness(sent: string, path: Path): number {
  const [wanted, found] = [plain(sent), plain(lastOf(path))];
  if (found === `next${wanted}` || (found === wanted && plain(String(path.at(-2) ?? "")) === "next")) return 3;
  if (found === wanted) return 2;
  // Other names for it are told by the word "next", or by being the cursor of the page's end.
  return /^next|^endcursor$|^lastevaluated/.test(found) ? 1 : 0;
}

function nextUrl({ operation, scalars }: PageSigns): StyleDraft | undefined {
  if (operation.method !== "GET") return undefined;
  const place = scalars.find(({ path, schema }) => {
    const [name, parent] = [plain(lastOf(path)), plain(String(path.at(-2) ?? ""))];
    if (!isScalar(operation.document, schema)) return false;
    if (NEXT_URLS.test(name) || (name === "href" && parent === "next")) return true;
    const hasTwin = scalars.some((other) => /^prev(ious)?$/.test(plain(lastOf(other.path))));
    return name === "next" && (isUrl(schema, name) || /^_?links$/.test(parent) || hasTwin);
  });
  return place === undefined ? undefined : { kind: "next-url", next: place.path };
}

function offset({ operation, query }: PageSigns): StyleDraft | undefined {
  const name = [...query.keys()].find((one) => OFFSETS.test(plain(one)) && isCount(operation, query.get(one)));
  const size = [...query.keys()].find((one) => SIZES.test(plain(one)) && isCount(operation, query.get(one)));
  if (name === undefined || size === undefined) return undefined;
  return { kind: "offset", into: { in: "query", name }, size };
}

function pageNumber({ operation, query }: PageSigns): StyleDraft | undefined {
  const name = [...query.keys()].find((one) => PAGE_NUMBERS.test(plain(one)) && isCount(operation, query.get(one)));
  if (name === undefined) return undefined;
  const schema = query.get(name);
  const told = [fieldOf(schema, "default"), fieldOf(schema, "minimum")].find((value) => value === 0 || value === 1);
  return { kind: "page-number", into: { in: "query", name }, first: told === 0 ? 0 : 1 };
}

function isCount({ document }: PageSigns["operation"], schema: unknown): boolean {
  return isScalar(document, schema, ["integer", "number"]);
}

function isUrl(schema: unknown, name: string): boolean {
  return (
    /^(uri|url|uri-reference)$/.test(stringIn(schema, "format") ?? "") ||
    /url|uri|link|href/i.test(name) ||
    /\b(url|uri|link)\b/i.test(stringIn(schema, "description") ?? "")
  );
}

/** A name without `$`, `_`, `-`, `.`, `@` and brackets, in lower case. */
function plain(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
}

function lastOf(path: Path): string {
  return String(path.at(-1) ?? "");
}
