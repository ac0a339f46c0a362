import type { Pagination } from "@connectry/core";
import { getAtPath } from "../json/json-path.js";
import type { PageShape } from "./page-shape.js";

/** A list, and how it is divided into pages. */
export interface PagedList {
  readonly shape: PageShape;
  readonly items: readonly unknown[];
  /** Items on a page. */
  readonly size: number;
}

/** The index of the first item of a page, or the cursor that is unknown. */
export type PagePosition = { readonly start: number } | { readonly unknown: string };

const toText = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" ? String(value) : undefined;

const countsPages = (pagination: Pagination, name: string) => pagination.kind === "page-number" || /^page$/i.test(name);
const firstPage = (pagination: Pagination) => (pagination.kind === "page-number" ? pagination.first : 1);
const firstOffset = (pagination: Pagination) => (pagination.kind === "offset" ? (pagination.first ?? 0) : 0);

function afterLastItem({ shape: { pagination }, items }: PagedList, cursor: string): PagePosition | undefined {
  if (pagination.kind !== "cursor" || !("lastItem" in pagination.from)) return undefined;
  const { lastItem } = pagination.from;
  const index = items.findIndex((item) => toText(getAtPath(item, lastItem)) === cursor);
  return index === -1 ? { unknown: cursor } : { start: index + 1 };
}

/** The position that a request asks for by the value of its position parameter. */
export function readPosition(list: PagedList, sent: unknown): PagePosition {
  const { pagination, position } = list.shape;
  const text = toText(sent);
  if (text === undefined || text === "") return { start: 0 };
  // Before the first item, whose number is above it.
  if (text === "0" && list.shape.isNumeric && list.shape.pagination.kind === "cursor") return { start: 0 };
  const byItem = afterLastItem(list, text);
  if (byItem !== undefined) return byItem;
  const timeMs = list.shape.isTime ? Date.parse(text) : Number.NaN;
  const digits = /^(?:cursor_)?(\d{1,9})$/.exec(Number.isNaN(timeMs) ? text : String(timeMs))?.[1];
  if (digits === undefined) return { unknown: text };
  const count = Number(digits);
  if (pagination.kind === "cursor" || !countsPages(pagination, position))
    return { start: Math.max(0, count - firstOffset(pagination)) };
  return { start: Math.max(0, count - firstPage(pagination)) * list.size };
}

/** The value of the position parameter for the page that begins at `start`. */
export function formatPosition({ shape, items, size }: PagedList, start: number): string {
  const { pagination, position } = shape;
  if (pagination.kind === "cursor") {
    if ("lastItem" in pagination.from) return toText(getAtPath(items[start - 1], pagination.from.lastItem)) ?? "";
    if (shape.isTime) return new Date(start).toISOString();
    return shape.isNumeric ? String(start) : `cursor_${start}`;
  }
  return String(
    countsPages(pagination, position)
      ? Math.floor(start / size) + firstPage(pagination)
      : start + firstOffset(pagination),
  );
}
