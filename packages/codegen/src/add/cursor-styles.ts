import { fieldOf, stringIn } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import { normalizeName } from "../generate/facts/pick-items.js";
import { itemSchema, scalarAt } from "../generate/facts/schema-shape.js";
import type { JsonPath } from "../generate/profile/list-style.js";
import {
  AFTER_ITEM,
  BEFORE_ITEM,
  isUrl,
  LEADS_ON,
  lastNameOf,
  MORE,
  RETURNED_CURSORS,
  SENT_CURSORS,
  SENT_IF_NEXT,
  TURNS_ON,
} from "./page-names.js";
import type { PaginationHints } from "./pagination-hints.js";
import { isScalar, propertySchemas } from "./schema-paths.js";
import type { CursorTargetDraft, StyleDraft } from "./style-draft.js";

/** The parameters of the query, and the fields of a POST's JSON body, also inside of its objects. */
export function targetsOf({ operation, query, body }: PaginationHints): CursorTargetDraft[] {
  const fields = operation.method === "POST" ? body : [];
  return [
    ...[...query.keys()].map((name) => ({ in: "query" as const, name })),
    ...fields.map(({ path }) => ({
      in: "body" as const,
      ...(path.length > 1 && { inside: path.slice(0, -1) }),
      name: String(path.at(-1)),
    })),
  ];
}

/** A cursor that the page has. */
export function bodyCursor(hints: PaginationHints): StyleDraft | undefined {
  for (const into of targetsOf(hints)) {
    const sent = normalizeName(into.name);
    const least = SENT_CURSORS.test(sent) ? 1 : SENT_IF_NEXT.test(sent) ? 3 : undefined;
    if (least === undefined) continue;
    const from = hints.scalars
      .filter(({ path, schema }) => RETURNED_CURSORS.test(lastNameOf(path)) && !isUrl(schema, path))
      .map(({ path }) => ({ path, likeness: likeness(into.name, path) }))
      .filter(({ likeness: found }) => found >= least)
      .sort((a, b) => b.likeness - a.likeness)[0];
    if (from === undefined) continue;
    const ask = askFor(hints, from.path);
    return {
      kind: "cursor",
      from: { body: from.path },
      into,
      ...oppositeOf(hints, into),
      ...(ask && { ask }),
      // The provider keeps the position, and may return the same cursor until a page is empty.
      ...(sent.startsWith("scroll") && { scrolls: true }),
    };
  }
  return undefined;
}

/**
 * How similar the name of a response field is to that of the parameter that takes its value; 0 if it is not similar.
 */
function likeness(sent: string, path: JsonPath): number {
  const [parameter, field] = [normalizeName(sent), lastNameOf(path)];
  const parent = normalizeName(String(path.at(-2) ?? ""));
  if (field === `next${parameter}` || (field === parameter && /^next(page)?$/.test(parent))) return 3;
  // An offset that is not called the next one is that of this page.
  if (SENT_IF_NEXT.test(field)) return 0;
  if (field === parameter) return 2;
  // A field with another name counts if it has the word "next", or is the cursor of the last item.
  return /^next|^endcursor$|^lastevaluated/.test(field) ? 1 : 0;
}

/** A parameter without which there is no cursor: one that turns paging on, or that the description of the cursor names. */
function askFor({ operation, query, scalars, objects }: PaginationHints, from: JsonPath) {
  const { document } = operation;
  const flag = [...query].find(
    ([name, schema]) => TURNS_ON.test(normalizeName(name)) && isScalar(document, schema, ["boolean"]),
  );
  if (flag !== undefined) return { in: "query" as const, name: flag[0], value: true };
  const described = [...scalars, ...objects].filter(({ path }) => path.every((step, index) => step === from[index]));
  for (const { schema } of described) {
    const text = stringIn(schema, "description") ?? "";
    const [, name = ""] =
      /\bonly (?:be )?(?:present|provided|returned|included) (?:when|if) an? `?(\w+)`?/i.exec(text) ?? [];
    const largest = fieldOf(query.get(name), "maximum");
    if (typeof largest === "number") return { in: "query" as const, name, value: largest };
  }
  return undefined;
}

/** The parameter that pages in the other direction, if there is one. */
function oppositeOf({ query }: PaginationHints, into: CursorTargetDraft): { opposite?: string } {
  const isAfter = AFTER_ITEM.test(normalizeName(into.name));
  const pattern = isAfter ? BEFORE_ITEM : AFTER_ITEM;
  if (into.in === "body" || !(isAfter || BEFORE_ITEM.test(normalizeName(into.name)))) return {};
  const opposite = [...query.keys()].find((name) => pattern.test(normalizeName(name)));
  return opposite === undefined ? {} : { opposite };
}

/** The id of the last item, which goes into `after`, or into `before` where the newest item comes first. */
export function itemCursor(hints: PaginationHints): StyleDraft | undefined {
  const [after, before] = [AFTER_ITEM, BEFORE_ITEM].map((pattern) =>
    [...hints.query.keys()].find((name) => pattern.test(normalizeName(name))),
  );
  const order = after === undefined && before === undefined ? undefined : orderOf(hints);
  const name = order === "newest-first" ? before : order === "as-listed" ? after : undefined;
  if (name === undefined) return undefined;
  const into = { in: "query" as const, name };
  const opposite = oppositeOf(hints, into);
  const id = idOfItems(hints);
  if (id !== undefined) return { kind: "cursor", from: { lastItem: id }, into, ...opposite };
  const lastId = hints.scalars.find(({ path }) => lastNameOf(path) === "lastid");
  return lastId === undefined ? undefined : { kind: "cursor", from: { body: lastId.path }, into, ...opposite };
}

/** Whether an operation takes ids before and after which a page is, and does not say in which order its items are. */
export function hasUnknownOrder(hints: PaginationHints): boolean {
  const names = [...hints.query.keys()].map(normalizeName);
  const takesBoth = [AFTER_ITEM, BEFORE_ITEM].every((pattern) => names.some((name) => pattern.test(name)));
  const takesBefore = names.some((name) => BEFORE_ITEM.test(name));
  return (takesBoth || takesBefore) && idOfItems(hints) !== undefined && orderOf(hints) === undefined;
}

/**
 * Which items follow `after`. Where the page says that there is more, or names its last id, those further down the list, in whatever
 * order it is. Else ids are compared, and the text of the operation tells the order.
 */
function orderOf({
  operation,
  query,
  scalars,
  flags,
  objects,
}: PaginationHints): "as-listed" | "newest-first" | undefined {
  const isPosition =
    [...query.keys()].some((name) => /^startingafter$/.test(normalizeName(name))) ||
    scalars.some(({ path }) => lastNameOf(path) === "lastid") ||
    flags.some(({ path }) => MORE.test(lastNameOf(path)));
  const takesAfter = [...query.keys()].some((name) => AFTER_ITEM.test(normalizeName(name)));
  if (isPosition && takesAfter) return "as-listed";
  // What leads on is in the page, in a form that is not a text or a number.
  if (objects.some(({ path }) => path.length === 1 && LEADS_ON.test(lastNameOf(path)))) return undefined;
  const texts = [operation.json, ...operation.parameters.map(({ json }) => json)].flatMap((one) => [
    stringIn(one, "description") ?? "",
    stringIn(one, "summary") ?? "",
  ]);
  if (
    texts.some((text) =>
      /(newest|most recent|latest)( \w+){0,3} first|reverse chronological|descending order/i.test(text),
    )
  )
    return "newest-first";
  if (texts.some((text) => /oldest( \w+){0,3} first|ascending order|(?<!reverse )chronological order/i.test(text)))
    return "as-listed";
  const takesBefore = [...query.keys()].some((name) => BEFORE_ITEM.test(normalizeName(name)));
  return takesAfter && !takesBefore ? "as-listed" : undefined;
}

/** Where every item has its id: at `id`, or in the only one of its objects that has one. */
function idOfItems({ operation: { document }, items, page }: PaginationHints): JsonPath | undefined {
  if (items === undefined) return undefined;
  const item = itemSchema(document, page, items);
  if (scalarAt(document, item, ["id"])) return ["id"];
  const inner = propertySchemas(document, followReference(document, item), 2).filter(
    ({ path }) => path.length === 2 && path[1] === "id" && scalarAt(document, item, path),
  );
  return inner.length === 1 ? inner[0]!.path : undefined;
}
