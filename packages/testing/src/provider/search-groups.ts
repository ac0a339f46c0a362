import { isObject, type JsonObject } from "../json/json-object.js";
import { compareBy } from "./match-value.js";

/** The value of an item by the name of a property: of its map `properties`, else of the item. */
function propertyOf(item: JsonObject, name: string): unknown {
  const { properties } = item;
  const owner = isObject(properties) && Object.hasOwn(properties, name) ? properties : item;
  return Object.hasOwn(owner, name) ? owner[name] : undefined;
}

const isSet = (value: unknown) => value !== undefined && value !== null && value !== "";
// HubSpot compares texts without their case.
const same = (one: unknown, other: unknown) => isSet(one) && String(one).toLowerCase() === String(other).toLowerCase();
const wordsOf = (value: unknown) =>
  isSet(value)
    ? String(value)
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
    : [];

/** A text with `*` at its ends for any others. */
function hasToken(value: unknown, token: unknown): boolean {
  const wanted = String(token).toLowerCase();
  const bare = wanted.replaceAll("*", "");
  return wanted.includes("*")
    ? isSet(value) && String(value).toLowerCase().includes(bare)
    : wordsOf(bare).every((word) => wordsOf(value).includes(word));
}

type Test = (value: unknown, filter: JsonObject) => boolean;

const among: Test = (value, { values }) => Array.isArray(values) && values.some((one) => same(value, one));

/** https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm */
const operators: Readonly<Record<string, Test>> = {
  EQ: (value, filter) => same(value, filter.value),
  NEQ: (value, filter) => isSet(value) && !same(value, filter.value),
  LT: (value, filter) => compareBy("lt", value, filter.value),
  LTE: (value, filter) => compareBy("lte", value, filter.value),
  GT: (value, filter) => compareBy("gt", value, filter.value),
  GTE: (value, filter) => compareBy("gte", value, filter.value),
  BETWEEN: (value, filter) => compareBy("gte", value, filter.value) && compareBy("lte", value, filter.highValue),
  IN: among,
  NOT_IN: (value, filter) => isSet(value) && !among(value, filter),
  HAS_PROPERTY: isSet,
  NOT_HAS_PROPERTY: (value) => !isSet(value),
  CONTAINS_TOKEN: (value, filter) => hasToken(value, filter.value),
  NOT_CONTAINS_TOKEN: (value, filter) => isSet(value) && !hasToken(value, filter.value),
};

function matchesFilter(item: JsonObject, filter: unknown): boolean {
  if (!isObject(filter)) return true;
  const test = operators[String(filter.operator)];
  return test === undefined || test(propertyOf(item, String(filter.propertyName)), filter);
}

/**
 * Whether an item is found by the `filterGroups` of a search: all filters of one of the groups match. A body without groups finds every
 * item.
 */
export function matchesSearch(item: unknown, body: unknown): boolean {
  const groups = isObject(body) && Array.isArray(body.filterGroups) ? body.filterGroups : [];
  if (groups.length === 0 || !isObject(item)) return true;
  return groups.some(
    (group) =>
      isObject(group) && Array.isArray(group.filters) && group.filters.every((filter) => matchesFilter(item, filter)),
  );
}
