import { fieldOf } from "../generate/document/json.js";
import { normalizeName } from "../generate/facts/pick-items.js";
import { isArray, itemSchema, propertiesOf } from "../generate/facts/schema-shape.js";
import { bodyCursor, itemCursor, targetsOf } from "./cursor-styles.js";
import { isUrl, lastNameOf, NEXT_URLS, OFFSETS, PAGE_NUMBERS, SIZES } from "./page-names.js";
import type { PaginationHints } from "./pagination-hints.js";
import { isScalar } from "./schema-paths.js";
import type { CursorTargetDraft, StyleDraft } from "./style-draft.js";

/** The styles that match the parameters and response of an operation, the most certain first. */
export function stylesOf(hints: PaginationHints): StyleDraft[] {
  const finders = [linkHeader, bodyCursor, nextUrl, itemCursor, offset, pageNumber, nextLink];
  return finders.flatMap((find) => find(hints) ?? []);
}

function linkHeader({ operation, hasLink, query }: PaginationHints): StyleDraft | undefined {
  const names = [...query.keys()];
  return hasLink && operation.method === "GET" && names.some((name) => name === "page" || name === "per_page")
    ? { kind: "link-header" }
    : undefined;
}

function nextUrl({ operation, scalars }: PaginationHints): StyleDraft | undefined {
  if (operation.method !== "GET") return undefined;
  const field = scalars.find(({ path, schema }) => {
    const [name, parent] = [lastNameOf(path), normalizeName(String(path.at(-2) ?? ""))];
    if (!isScalar(operation.document, schema)) return false;
    if (NEXT_URLS.test(name) || (name === "href" && parent === "next")) return true;
    const hasPrevious = scalars.some((other) => /^prev(ious)?$/.test(lastNameOf(other.path)));
    return name === "next" && (isUrl(schema, path) || /^_?links$/.test(parent) || hasPrevious);
  });
  return field === undefined ? undefined : { kind: "next-url", next: field.path };
}

/** A list of links, each with its relation and its URL: that of the next page is one of them. */
function nextLink({ operation, page, items, query }: PaginationHints): StyleDraft | undefined {
  const { document } = operation;
  // Single objects have links, too.
  const isCounted = [...query.values()].some((schema) => isScalar(document, schema, ["integer", "number"]));
  if (operation.method !== "GET" || items === undefined || !isCounted) return undefined;
  for (const [name, schema] of propertiesOf(document, page)) {
    if (name === String(items[0]) || !/^_?links?$/.test(normalizeName(name)) || !isArray(document, schema)) continue;
    const fields = [...propertiesOf(document, itemSchema(document, page, [name])).keys()];
    const [rel, href] = [/^rel(ation)?$/i, /^(href|url)$/i].map((pattern) => fields.find((one) => pattern.test(one)));
    if (rel !== undefined && href !== undefined) return { kind: "next-url", next: [name], link: { rel, href } };
  }
  return undefined;
}

function offset(hints: PaginationHints): StyleDraft | undefined {
  const counts = countTargets(hints);
  for (const into of counts.filter(({ name }) => OFFSETS.test(normalizeName(name)))) {
    const size = counts.find(
      (one) => SIZES.test(normalizeName(one.name)) && String(one.inside) === String(into.inside),
    );
    if (size === undefined) continue;
    const isFrom1 = normalizeName(into.name) === "startindex" && firstOf(hints, into) === 1;
    return { kind: "offset", into, size: size.name, ...(isFrom1 && { first: 1 }) };
  }
  return undefined;
}

function pageNumber(hints: PaginationHints): StyleDraft | undefined {
  const into = countTargets(hints).find(({ name }) => PAGE_NUMBERS.test(normalizeName(name)));
  return into === undefined ? undefined : { kind: "page-number", into, first: firstOf(hints, into) === 0 ? 0 : 1 };
}

/** The parameters and fields that are numbers. */
function countTargets(hints: PaginationHints): CursorTargetDraft[] {
  return targetsOf(hints).filter((target) =>
    isScalar(hints.operation.document, schemaOf(hints, target), ["integer", "number"]),
  );
}

function schemaOf({ query, body }: PaginationHints, { in: place, inside = [], name }: CursorTargetDraft): unknown {
  if (place === "query") return query.get(name);
  return body.find(({ path }) => path.join("\n") === [...inside, name].join("\n"))?.schema;
}

/** The number from which a parameter counts, as far as its schema says that. */
function firstOf(hints: PaginationHints, target: CursorTargetDraft): unknown {
  const schema = schemaOf(hints, target);
  return [fieldOf(schema, "default"), fieldOf(schema, "minimum")].find((value) => value === 0 || value === 1);
}
