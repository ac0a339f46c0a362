import { stringIn } from "../generate/document/json.js";
import { normalizeName } from "../generate/facts/pick-items.js";
import type { JsonPath } from "../generate/profile/list-style.js";

// The names of parameters and fields of pages, in lower case and without separators.

/** Parameters that take a cursor of the page before. */
export const SENT_CURSORS =
  /^(cursor|after|pagetoken|nexttoken|continuationtoken|continuation|marker|startcursor|startafter|startingafter|next|nextcursor|nextpagetoken|exclusivestart.*|skiptoken|token|pagecursor|paginationtoken|nextmarker|scrollid|scrollparam)$/;
/** Parameters that take a cursor only where the response calls it the next one. */
export const SENT_IF_NEXT = /^(page|offset|skip|start|startindex|from)$/;
/** Fields that hold a cursor of the next page. */
export const RETURNED_CURSORS =
  /^(nextcursor|nextpagetoken|nexttoken|nextmarker|nextcontinuationtoken|continuationtoken|after|startingafter|cursor|next|endcursor|nextpagecursor|nextpage|nextoffset|nextstart|offset|lastevaluated.*|paginationtoken|marker|scrollid|scrollparam)$/;
/** Parameters that take the id of the last item. */
export const AFTER_ITEM = /^(startingafter|after|afterid|startafter|startafterid)$/;
/** Parameters that take the id of the item before which a page ends. */
export const BEFORE_ITEM = /^(endingbefore|before|beforeid|endbefore)$/;
/** Fields that hold the URL of the next page. */
export const NEXT_URLS =
  /^(nexturl|nextlink|nexthref|nextpageurl|nextpageuri|nextpagelink|nextpath|nexturi|odatanextlink)$/;
/** Parameters that take the number of a page. */
export const PAGE_NUMBERS = /^(page|pagenumber|pagenum|pageno|pageindex|currentpage)$/;
/** Parameters that take the number of items before a page. */
export const OFFSETS = /^(offset|skip|start|startindex|from|startat|pageoffset)$/;
/** Parameters that take the number of items on a page. */
export const SIZES =
  /^(limit|count|top|max|maxresults|pagesize|perpage|size|take|rows|num|pagelimit|pagecount|itemsperpage)$/;
/** Fields whose true says that there is a next page. */
export const MORE = /^(hasmore|hasnext|hasnextpage|hasmoreitems|hasmoreresults|moreavailable|istruncated)$/;
/** Fields whose true says that this is the last page. */
export const LAST = /^(islast|islastpage|last|lastpage|done)$/;
/** Fields that hold the number of all items. */
export const TOTALS =
  /^(total|totalcount|totalresults|totalitems|totalsize|totalelements|totalrecords|itemcount|totalhits)$/;
/** Fields that hold the number of all pages. */
export const PAGE_COUNTS = /^(totalpages|pagecount|pages|numpages|lastpage|totalpagecount)$/;
/** Parameters whose true turns paging on. */
export const TURNS_ON = /^(usemarker|usecursor|usepagination|paginate|paginated|pagination|paged)$/;
/** Objects that tell how a list goes on. */
export const LEADS_ON = /^(next|cursors?|nextpage|nextcursor|paging|pagination|pages|pageinfo|links)$/;
/** The objects that hold such fields, besides the page itself. */
export const ABOUT_THE_PAGE =
  /^(meta|metadata|pagination|paging|page|pages|pageinfo|info|pagemeta|links?|responsemetadata|listmetadata|resultinfo|searchmetadata)$/;

/** Whether a path has no other objects than those about the page. */
export function isAboutThePage(path: JsonPath): boolean {
  return path.slice(0, -1).every((step) => ABOUT_THE_PAGE.test(normalizeName(String(step))));
}

/** The last name of a path, in lower case and without separators. */
export function lastNameOf(path: JsonPath): string {
  return normalizeName(String(path.at(-1) ?? ""));
}

/** Whether a text is a URL, by its schema or its name. */
export function isUrl(schema: unknown, path: JsonPath): boolean {
  return (
    /^(uri|url|uri-reference)$/.test(stringIn(schema, "format") ?? "") ||
    /url|uri|link|href/i.test(String(path.at(-1) ?? "")) ||
    /\b(url|uri|link)\b/i.test(stringIn(schema, "description") ?? "")
  );
}
