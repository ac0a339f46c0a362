import type { FormatDate } from "../pipeline/strategies.js";

/** Whole seconds since 1970. */
export const unixSeconds: FormatDate = (date) => Math.floor(date.getTime() / 1_000);

/** Whether the properties of an object show its contents: those of a Map do not, nor those of an instance with private fields. */
function isPlain(value: object): boolean {
  // By name, because every realm has an `Object` of its own; an object without a prototype has none.
  return Array.isArray(value) || Object.keys(value).length > 0 || (value.constructor ?? Object).name === "Object";
}

/**
 * A value as data: a date in the provider's format, what `toJSON` returns, or the value itself. Throws TypeError that names it
 * where its contents would be lost: for a function, a Map, NaN, an invalid date.
 */
export function toData(name: string, value: unknown, formatDate: FormatDate | undefined): unknown {
  if (typeof value === "string" || value === null || value === undefined) return value;
  let data = (value as { toJSON?(key: string): unknown }).toJSON?.(name) ?? value;
  if (value instanceof Date && formatDate) data = formatDate(value);
  if (typeof data === "object" ? isPlain(data as object) : /^(str|b)/.test(typeof data) || Number.isFinite(data))
    return data;
  // Its text could be a secret.
  throw new TypeError(`\`${name}\` is a ${value.constructor.name} that cannot be sent`);
}

/** The JSON text of a value, with its dates as the provider reads them. Throws TypeError where there is no JSON text. */
export function formatJson(name: string, value: unknown, formatDate: FormatDate | undefined): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key) {
    return toData(key || name, this[key], formatDate);
  });
}
