import { isObject } from "../json/json-object.js";

const day = /^\d{4}-\d{2}-\d{2}$/;

/** A value on a line: a number, or a time in any usual text. */
function position(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value === "") return Number.NaN;
  const number = Number(value);
  return Number.isNaN(number) ? Date.parse(value) : number;
}

/** The comparisons of a range, by the names that providers have for them: `created[gte]=1700000000`. */
const comparisons: Readonly<Record<string, (actual: number, bound: number) => boolean>> = {
  gt: (actual, bound) => actual > bound,
  gte: (actual, bound) => actual >= bound,
  lt: (actual, bound) => actual < bound,
  lte: (actual, bound) => actual <= bound,
};

/** Compares two values by `gt`, `gte`, `lt` or `lte`: as numbers or times where both are, else as texts. */
export function compareBy(operator: string, actual: unknown, bound: unknown): boolean {
  const compare = comparisons[operator];
  if (compare === undefined || actual === undefined || actual === null) return false;
  const [one, other] = [position(actual), position(bound)];
  if (!Number.isNaN(one) && !Number.isNaN(other)) {
    // A bound that is a day includes all of it.
    const isDay = operator === "lte" && typeof bound === "string" && day.test(bound);
    return compare(one, isDay ? other + 86_399_999 : other);
  }
  return compare(String(actual).localeCompare(String(bound)), 0);
}

const isRange = (value: Readonly<Record<string, unknown>>) =>
  Object.keys(value).length > 0 && Object.keys(value).every((key) => Object.hasOwn(comparisons, key));

function equals(actual: unknown, expected: unknown): boolean {
  if (String(actual) === String(expected)) return true;
  if (typeof expected !== "string" || !day.test(expected) || typeof actual !== "string") return false;
  const time = Date.parse(actual);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(expected);
}

/**
 * Whether the member of an item is what a filter asks for: the same value; one of several; within a range; an object or a list that has
 * the value (`assignee=octocat` is the login of the assignee); a list that has all of several (`labels=bug,ui`).
 */
export function matchesValue(actual: unknown, expected: unknown): boolean {
  if (Array.isArray(expected)) return expected.length === 0 || expected.some((one) => matchesValue(actual, one));
  if (isObject(expected)) {
    if (isRange(expected)) return Object.entries(expected).every(([name, bound]) => compareBy(name, actual, bound));
    return isObject(actual) && Object.entries(expected).every(([name, value]) => matchesValue(actual[name], value));
  }
  const several = typeof expected === "string" && expected.includes(",") ? expected.split(",") : undefined;
  if (Array.isArray(actual)) {
    if (several !== undefined) return several.every((one) => matchesValue(actual, one.trim()));
    return actual.some((one) => matchesValue(one, expected));
  }
  if (isObject(actual)) {
    return Object.values(actual).some(
      (one) => (typeof one === "string" || typeof one === "number") && equals(one, expected),
    );
  }
  if (actual === undefined || actual === null) return false;
  return equals(actual, expected) || (several?.some((one) => equals(actual, one.trim())) ?? false);
}
