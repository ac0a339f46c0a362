import type { Pagination } from "@connectry/core";
import { expect, test } from "vitest";
import { formatPosition, readPosition } from "./page-position.js";
import type { PageShape } from "./page-shape.js";

const inBody = (name: string) => ({ in: "body" as const, name });
const list = (pagination: Pagination, more: Partial<PageShape> = {}) => {
  const shape = { pagination, position: "cursor", isNumeric: false, isTime: false, ...more } as PageShape;
  return { shape, items: [{ event_id: 7 }, { event_id: 8 }, { event_id: 9 }], size: 1 };
};
const cursor: Pagination = { kind: "cursor", items: [], from: { body: ["next"] }, into: inBody("cursor") };
const lastEvent: Pagination = { kind: "cursor", items: [], from: { lastItem: ["event_id"] }, into: inBody("cursor") };

test("a cursor that must be a time leads to the item that it was made for", () => {
  const times = list(cursor, { isTime: true });
  const text = formatPosition(times, 2);
  expect(new Date(text).toISOString()).toBe(text);
  expect(readPosition(times, text)).toEqual({ start: 2 });
});

test("0 is before the first item of a list whose cursors are numbers, and unknown where they are not", () => {
  expect(readPosition(list(lastEvent, { isNumeric: true }), 0)).toEqual({ start: 0 });
  expect(readPosition(list(lastEvent, { isNumeric: true }), 8)).toEqual({ start: 2 });
  expect(readPosition(list(lastEvent), "0")).toEqual({ unknown: "0" });
});
