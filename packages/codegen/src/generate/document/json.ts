/** An object of a document. Its fields can have any value. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object, and not an array, null or a scalar. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value of an object's own field. Names come from documents, so an inherited `constructor` is not a field. */
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

/** The string in that field; undefined if it is not a string. */
export function stringIn(value: unknown, name: string): string | undefined {
  const found = fieldOf(value, name);
  return typeof found === "string" ? found : undefined;
}

/** Compares text by code units, so that output does not depend on the locale of the machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
