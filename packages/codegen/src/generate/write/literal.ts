import { escapeControlCharacters } from "../../text/show-document-text.js";

/** Formats a document's text as a TypeScript literal: in quotes, on one line, with control characters escaped. */
export function writeText(text: string): string {
  return escapeControlCharacters(JSON.stringify(text));
}

/** Formats plain data as a TypeScript literal on one line. */
export function writeData(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeData).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, field]) => `${writeKey(key)}: ${writeData(field)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  return typeof value === "string" ? writeText(value) : String(JSON.stringify(value));
}

/** Formats a key of an object literal. `__proto__` in quotes would set the prototype, so it is a computed key. */
export function writeKey(key: string): string {
  if (key === "__proto__") return `["__proto__"]`;
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key) ? key : writeText(key);
}
