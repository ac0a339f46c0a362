/** A parsed JSON object whose members are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a parsed value is an object: neither an array nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member of an object, if it is the object's own and an object itself; else an empty one. */
export function objectAt(value: JsonObject, key: string): JsonObject {
  const member = Object.hasOwn(value, key) ? value[key] : undefined;
  return isObject(member) ? member : {};
}

/** A member of an object if it is a list, else an empty one. */
export function listAt(value: JsonObject, key: string): readonly unknown[] {
  const member = Object.hasOwn(value, key) ? value[key] : undefined;
  return Array.isArray(member) ? member : [];
}

/** A member of an object if it is text. */
export function textAt(value: JsonObject, key: string): string | undefined {
  const member = Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof member === "string" ? member : undefined;
}
