import type { FormatDate } from "../pipeline/strategies.js";

/** Whole seconds since 1970. */
export const unixSeconds: FormatDate = (date) => Math.floor(date.getTime() / 1_000);

/** The text of a scalar; undefined for an object or array, which its style must serialize. Throws TypeError where there is no text. */
export function formatScalar(name: string, value: unknown, formatDate: FormatDate | undefined): string | undefined {
  const plain = value instanceof Date ? (formatDate?.(value) ?? value.toISOString()) : value;
  if (typeof plain === "object") return undefined;
  if (typeof plain === "function" || (typeof plain === "number" && !Number.isFinite(plain))) {
    throw new TypeError(`\`${name}\` must not be ${typeof plain === "number" ? plain : "a function"}`);
  }
  return `${plain}`;
}

/** The JSON text of a value, with its dates as the provider reads them. Throws TypeError where there is no JSON text. */
export function formatJson(value: unknown, formatDate: FormatDate | undefined): string {
  // JSON.stringify writes an ISO date by itself, and faster.
  const text = JSON.stringify(
    value,
    formatDate &&
      function (this: Record<string, unknown>, key, given: unknown) {
        const original = this[key];
        return original instanceof Date ? formatDate(original) : given;
      },
  );
  if (!text) throw new TypeError(`a ${typeof value} cannot be written as JSON`);
  return text;
}
