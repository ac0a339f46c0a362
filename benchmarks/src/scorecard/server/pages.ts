import type { WireRequest } from "./read-requests.ts";
import { head, jsonHeaders, type WireReply, widget } from "./reply.ts";

type Path = readonly (string | number)[];

/** How a provider pages, in the words of a connector's profile. */
export interface PageFormat {
  readonly kind: "cursor" | "link-header" | "next-url" | "offset" | "page-number";
  readonly items: Path | "by-path";
  readonly from?: { readonly body: Path } | { readonly lastItem: Path };
  readonly next?: Path;
  readonly link?: { readonly rel: string; readonly href: string };
  readonly more?: Path;
  readonly last?: Path;
  /** Where a page has the number of pages. */
  readonly pages?: Path;
  readonly first?: number;
}

/** Where a page of our own list has its items, where the format only says `by-path`. */
export const ownItems: Path = ["widgets"];

/** The pages of a list: how many items each has, and what is wrong. */
export interface ListPlan {
  readonly sizes: readonly number[];
  /** From which page on each leads back to which. */
  readonly loop?: { readonly from: number; readonly to: number };
  /** Links lead to the other origin. */
  readonly leadsAway?: boolean;
  /** A response to one request, counted from 1, instead of its page. */
  readonly instead?: { readonly request: number; readonly reply: WireReply };
}

function put(target: Record<string, unknown>, path: Path, value: unknown): void {
  const [key = "", ...rest] = path.map(String);
  if (rest.length === 0) target[key] = value;
  else {
    target[key] ??= {};
    put(target[key] as Record<string, unknown>, rest, value);
  }
}

/** The page that begins after so many items; the one after the last where there are no more. */
function pageAt(offset: number, sizes: readonly number[]): number {
  let before = 0;
  const index = sizes.findIndex((size) => {
    before += size;
    return before > offset;
  });
  return index < 0 ? sizes.length + 1 : index + 1;
}

/** Which page a request asks for: a cursor is `p2`, an item is `p1_i3`, a number is what it says. */
function requestedPage({ path, body }: WireRequest, format: PageFormat, sizes: readonly number[]): number {
  const text = `${path.split("?")[1] ?? ""} ${body}`;
  const cursor = /\bp(\d+)(_i\d+)?\b/.exec(text);
  if (cursor) return Number(cursor[1]) + (cursor[2] ? 1 : 0);
  const number = /\b(?:page|offset|start|startAt|skip)\w*\W+(\d+)/i.exec(text);
  if (format.kind === "offset") return pageAt(Number(number?.[1] ?? 0), sizes);
  return number && format.kind === "page-number" ? Number(number[1]) - (format.first ?? 1) + 1 : 1;
}

/** Whether the style itself does not say where the list ends. */
function endsByEmptyPage({ kind, from }: PageFormat): boolean {
  return kind === "offset" || kind === "page-number" || (from !== undefined && "lastItem" in from);
}

/** The page that a request asks for, as the format has it, and as other clients of the same provider read it. */
export function pageReply(
  plan: ListPlan,
  format: PageFormat,
  at: { request: WireRequest; url: string; otherUrl: string },
): WireReply {
  const asked = requestedPage(at.request, format, plan.sizes);
  // Where only an empty page is the end, a request behind the last item finds nothing, or what the list leads back to.
  const saysEnd = format.more || format.last || format.pages || !endsByEmptyPage(format);
  const page = saysEnd || asked <= plan.sizes.length ? Math.min(asked, plan.sizes.length) : (plan.loop?.to ?? asked);
  const items = Array.from({ length: plan.sizes[page - 1] ?? 0 }, (_, index) => ({
    ...widget,
    id: `p${page}_i${index + 1}`,
    sid: `p${page}_i${index + 1}`,
  }));
  const isLast = page === plan.sizes.length && plan.loop === undefined;
  const next = plan.loop && page >= plan.loop.from ? plan.loop.to : page + 1;
  const origin = plan.leadsAway ? at.otherUrl : at.url;
  const link = `${origin}${at.request.path.split("?")[0]}?cursor=p${next}`;
  const body: Record<string, unknown> = { object: "list", ok: true, widgets: items, channels: items, messages: items };
  const isBare = format.kind === "link-header" || format.items.length === 0;
  if (format.items !== "by-path" && !isBare) put(body, format.items, items);
  if (format.more) put(body, format.more, !isLast);
  if (format.last) put(body, format.last, isLast);
  if (format.pages) put(body, format.pages, plan.loop ? page + 1 : plan.sizes.length);
  if (!isLast && format.kind === "cursor" && format.from && "body" in format.from)
    put(body, format.from.body, `p${next}`);
  if (format.kind === "next-url" && format.next) {
    // Twilio's `next_page_uri` is relative to its own origin: a link that leads away is whole.
    const url = isLast ? null : link;
    put(body, format.next, format.link && url ? [{ [format.link.rel]: "next", [format.link.href]: url }] : url);
  }
  const isLink = format.kind === "link-header";
  const text = JSON.stringify(isBare ? items : body);
  const headers: Record<string, string> = isLink && !isLast ? { link: `<${link}>; rel="next"` } : {};
  return {
    steps: [head(200, jsonHeaders({ ...headers, "content-length": String(Buffer.byteLength(text)) })), text],
    applies: true,
  };
}
