import { escapeDisguises } from "../schemas/document-text.js";

/** Text of a document as a TypeScript literal: in quotes, on one line, every disguise escaped. */
export function writeText(text: string): string {
  return escapeDisguises(JSON.stringify(text));
}

/** Plain data as a TypeScript literal on one line. */
export function writeData(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeData).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, one]) => `${writeKey(key)}: ${writeData(one)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  return typeof value === "string" ? writeText(value) : String(JSON.stringify(value));
}

/** A key of an object literal. `__proto__` in quotes would set the prototype, so it is computed. */
export function writeKey(key: string): string {
  if (key === "__proto__") return `["__proto__"]`;
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key) ? key : writeText(key);
}
