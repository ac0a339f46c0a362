import type { Pagination } from "@connectry/core";
import type { PageShape } from "./page-shape.js";
import { valueAt } from "./place-value.js";

/** Where a page begins, or the cursor that is unknown. */
export type Position = { readonly start: number } | { readonly unknown: string };

const asText = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" ? String(value) : undefined;

const countsPages = (pagination: Pagination, name: string) => pagination.kind === "page-number" || /^page$/i.test(name);
const firstPage = (pagination: Pagination) => (pagination.kind === "page-number" ? pagination.first : 1);

function byLastItem(pagination: Pagination, items: readonly unknown[], cursor: string): Position | undefined {
  if (pagination.kind !== "cursor" || !("lastItem" in pagination.from)) return undefined;
  const { lastItem } = pagination.from;
  const index = items.findIndex((item) => asText(valueAt(item, lastItem)) === cursor);
  return index === -1 ? { unknown: cursor } : { start: index + 1 };
}

/** Where a request wants its page to begin. */
export function readPosition(shape: PageShape, items: readonly unknown[], size: number, sent: unknown): Position {
  const { pagination, position } = shape;
  const text = asText(sent);
  if (text === undefined || text === "") return { start: 0 };
  const found = byLastItem(pagination, items, text);
  if (found !== undefined) return found;
  const digits = /^(?:cursor_)?(\d{1,9})$/.exec(text)?.[1];
  if (digits === undefined) return { unknown: text };
  const count = Number(digits);
  if (pagination.kind === "cursor" || !countsPages(pagination, position)) return { start: count };
  return { start: Math.max(0, count - firstPage(pagination)) * size };
}

/** What leads to the page that begins at `start`: the value of the parameter. */
export function positionText(shape: PageShape, items: readonly unknown[], size: number, start: number): string {
  const { pagination, position } = shape;
  if (pagination.kind === "cursor") {
    if ("lastItem" in pagination.from) return asText(valueAt(items[start - 1], pagination.from.lastItem)) ?? "";
    return shape.isNumeric ? String(start) : `cursor_${start}`;
  }
  return String(countsPages(pagination, position) ? Math.floor(start / size) + firstPage(pagination) : start);
}
