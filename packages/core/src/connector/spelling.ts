/** Writes a date as the provider reads it, where that is not ISO 8601. */
export type SpellDate = (date: Date) => string | number;

/** Whole seconds since 1970. */
export const unixSeconds: SpellDate = (date) => Math.floor(date.getTime() / 1_000);

/** The text of a scalar; undefined for an object or array, which its style must spread. Throws where there is none. */
export function scalarText(name: string, value: unknown, spellDate: SpellDate | undefined): string | undefined {
  const plain = value instanceof Date ? (spellDate?.(value) ?? value.toISOString()) : value;
  if (typeof plain === "object") return undefined;
  if (typeof plain === "function" || (typeof plain === "number" && !Number.isFinite(plain))) {
    throw new TypeError(`\`${name}\` is ${typeof plain === "number" ? plain : "a function"}`);
  }
  return `${plain}`;
}

/** The JSON text of a value, with its dates as the provider reads them. Throws where there is none. */
export function jsonText(value: unknown, spellDate: SpellDate | undefined): string {
  // An ISO date is what JSON.stringify writes by itself, and faster.
  const text = JSON.stringify(
    value,
    spellDate &&
      function (this: Record<string, unknown>, key, given: unknown) {
        const original = this[key];
        return original instanceof Date ? spellDate(original) : given;
      },
  );
  if (!text) throw new TypeError(`a ${typeof value} has no JSON`);
  return text;
}
