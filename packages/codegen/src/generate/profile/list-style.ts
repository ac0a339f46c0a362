import { fieldOf, isJsonObject, stringIn } from "../document/json.js";

/** A path into a JSON document: property names and array indices. */
export type JsonPath = readonly (string | number)[];

/** Where a page has its items: at a path, or in the list that has the name of the URL path's last literal segment. */
export type ItemsLocation = JsonPath | "by-path";

/** The parameter or body field that carries the cursor in the next request. */
export interface CursorTarget {
  readonly in: "query" | "body";
  readonly name: string;
  /** The object of the body that has the field; empty for the body itself. */
  readonly inside: JsonPath;
}

/** What every pagination style of a profile has, as far as it decides whether an operation is paginated in that style. */
interface StyleBase {
  readonly items: ItemsLocation;
  /** The parameter without which the provider does not page. */
  readonly ask: CursorTarget | undefined;
}

/** The part of a profile's pagination style that decides whether an operation is paginated in that style. */
export type ListStyle = StyleBase &
  (
    | {
        readonly kind: "cursor";
        readonly into: CursorTarget;
        /** Where the cursor is: in the page, or in its last item. */
        readonly from: { readonly body: JsonPath } | { readonly lastItem: JsonPath };
        /** The parameter that pages in the other direction. */
        readonly opposite: string | undefined;
      }
    | { readonly kind: "offset" | "page-number"; readonly into: CursorTarget }
    | { readonly kind: "link-header" }
    | {
        readonly kind: "next-url";
        readonly next: JsonPath;
        /** The name of the URL in a link, where `next` is a list of links. */
        readonly href: string | undefined;
      }
  );

/** Throws an error about a field of a profile: what it must be. */
export type Fail = (field: string, wanted: string) => never;

/** Reads the field `pagination` of a profile. */
export function readListStyles(value: unknown, fail: Fail): ListStyle[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return fail("pagination", "a list");
  return value.map((entry: unknown, index) => readListStyle(entry, `pagination.${index}`, fail));
}

function readListStyle(entry: unknown, at: string, fail: Fail): ListStyle {
  const items = readItems(fieldOf(entry, "items")) ?? fail(`${at}.items`, 'a path, such as ["data"], or "by-path"');
  const target = (field: string): CursorTarget => {
    const place = fieldOf(entry, field);
    const name = stringIn(place, "name") ?? fail(`${at}.${field}.name`, "the name of a parameter");
    const where = stringIn(place, "in");
    if (where !== "query" && where !== "body") return fail(`${at}.${field}.in`, '"query" or "body"');
    const inside = readPath(fieldOf(place, "inside") ?? []);
    if (inside === undefined || (inside.length > 0 && where !== "body"))
      return fail(
        `${at}.${field}.inside`,
        'the path of an object of the body, such as ["pagination"], with `in: "body"`',
      );
    return { in: where, name, inside };
  };
  for (const field of ["more", "last", "total", "pages", "step"])
    if (fieldOf(entry, field) !== undefined && !readPath(fieldOf(entry, field))?.length)
      fail(`${at}.${field}`, 'a path in the page, such as ["has_more"]');
  const ask = fieldOf(entry, "ask") === undefined ? undefined : target("ask");
  if (ask !== undefined && !["string", "number", "boolean"].includes(typeof fieldOf(fieldOf(entry, "ask"), "value")))
    fail(`${at}.ask.value`, "a text, a number or a boolean");
  const opposite = fieldOf(entry, "opposite");
  if (opposite !== undefined && typeof opposite !== "string") return fail(`${at}.opposite`, "the name of a parameter");
  const scrolls = fieldOf(entry, "scrolls");
  if (scrolls !== undefined && scrolls !== true) return fail(`${at}.scrolls`, "true");
  const base = { items, ask };
  const kind = stringIn(entry, "kind");
  switch (kind) {
    case "cursor": {
      const [body, lastItem] = ["body", "lastItem"].map((name) => readPath(fieldOf(fieldOf(entry, "from"), name)));
      if (lastItem !== undefined) return { ...base, kind, into: target("into"), from: { lastItem }, opposite };
      const from = {
        body: body ?? fail(`${at}.from`, 'a path in the page or in its last item, such as { body: ["next"] }'),
      };
      return { ...base, kind, into: target("into"), from, opposite };
    }
    case "offset":
    case "page-number":
      return { ...base, kind, into: target("into") };
    case "link-header":
      return { ...base, kind };
    case "next-url": {
      const link = fieldOf(entry, "link");
      const names = isJsonObject(link) && stringIn(link, "rel") !== undefined ? stringIn(link, "href") : undefined;
      if (link !== undefined && names === undefined)
        fail(`${at}.link`, 'the names of the relation and the URL, such as { rel: "rel", href: "href" }');
      return { ...base, kind, next: readPath(fieldOf(entry, "next")) ?? fail(`${at}.next`, "a path"), href: names };
    }
    default:
      return fail(`${at}.kind`, '"cursor", "offset", "page-number", "link-header" or "next-url"');
  }
}

/** The value as a path; undefined if it is not a path. */
export function readPath(value: unknown): JsonPath | undefined {
  const isPath = Array.isArray(value) && value.every((step) => typeof step === "string" || typeof step === "number");
  return isPath ? (value as JsonPath) : undefined;
}

function readItems(value: unknown): ItemsLocation | undefined {
  return value === "by-path" ? value : readPath(value);
}
