/** An object of a document: what it holds is unknown until looked at. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Tells an object from an array, null and the scalars. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object's own field. Names come from documents, so an inherited `constructor` does not count. */
export function fieldOf(value: unknown, name: string): unknown {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The object in that field, or an empty one. */
export function objectIn(value: unknown, name: string): JsonObject {
  const found = fieldOf(value, name);
  return isJsonObject(found) ? found : {};
}

/** The array in that field, or an empty one. */
export function arrayIn(value: unknown, name: string): readonly unknown[] {
  const found = fieldOf(value, name);
  return Array.isArray(found) ? found : [];
}

/** The text in that field, if it is text. */
export function stringIn(value: unknown, name: string): string | undefined {
  const found = fieldOf(value, name);
  return typeof found === "string" ? found : undefined;
}

/** Orders text by code units, so that output does not depend on the machine's locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
