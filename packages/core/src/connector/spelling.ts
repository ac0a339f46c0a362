import type { ProviderProfile } from "./profile.js";

/** How the provider reads a date. */
export type DateStyle = NonNullable<ProviderProfile["dates"]>;

function plainDate(date: Date, style: DateStyle): string | number {
  return style === "iso" ? date.toISOString() : Math.floor(date.getTime() / 1_000);
}

/** The text of a scalar; undefined for an object or array, which its style must spread. Throws where there is none. */
export function scalarText(name: string, value: unknown, dates: DateStyle): string | undefined {
  const plain = value instanceof Date ? plainDate(value, dates) : value;
  if (typeof plain === "object") return undefined;
  if (typeof plain === "function" || (typeof plain === "number" && !Number.isFinite(plain))) {
    throw new TypeError(`\`${name}\` is ${typeof plain === "number" ? plain : "a function"}`);
  }
  return `${plain}`;
}

/** The JSON text of a value, with its dates as the provider reads them. Throws where there is none. */
export function jsonText(value: unknown, dates: DateStyle): string {
  const spell = function (this: Record<string, unknown>, key: string, given: unknown) {
    const original = this[key];
    return original instanceof Date ? plainDate(original, dates) : given;
  };
  // An ISO date is what JSON.stringify writes by itself, and faster.
  const text = JSON.stringify(value, dates === "iso" ? undefined : spell);
  if (!text) throw new TypeError(`a ${typeof value} has no JSON`);
  return text;
}
