import { ConfigurationError } from "../errors/configuration-error.js";
import type { Operation } from "../pipeline/call.js";

const placeholder = /\{([^{}]+)\}/g;
// The URL parser reads `%2e` as a dot, so an encoded dot segment climbs as well as a plain one.
const dots = /^(\.|%2e){1,2}$/i;

function refuse(operation: Operation, name: string, why: string): ConfigurationError {
  return new ConfigurationError(`${operation.id}: path parameter \`${name}\` ${why}.`);
}

function segment(operation: Operation, name: string, text: string): string {
  if (text === "") throw refuse(operation, name, "is empty");
  if (dots.test(text)) throw refuse(operation, name, "is a dot segment, which would climb out of its place");
  try {
    return encodeURIComponent(text);
  } catch {
    throw refuse(operation, name, "holds half of a character (a lone surrogate)");
  }
}

function text(operation: Operation, name: string, value: unknown): string {
  if (value === undefined || value === null) throw refuse(operation, name, "is missing");
  if (typeof value === "number" && !Number.isFinite(value)) throw refuse(operation, name, `is ${value}`);
  if (
    typeof value === "string" ||
    typeof value === "number" ||
    typeof value === "boolean" ||
    typeof value === "bigint"
  ) {
    return String(value);
  }
  throw refuse(
    operation,
    name,
    `must be a string or a number, not ${Array.isArray(value) ? "an array" : typeof value}`,
  );
}

/**
 * Fills a path template. Each value stays within its segment (parameters that the document marks as multi-segment
 * keep their slashes); throws ConfigurationError for what is missing, empty, not a scalar, or a dot segment.
 */
export function serialisePath(operation: Operation, params: Readonly<Record<string, unknown>>): string {
  const path = operation.path.replace(placeholder, (_, name: string) => {
    const value = text(operation, name, Object.hasOwn(params, name) ? params[name] : undefined);
    if (!operation.multiSegment.includes(name)) return segment(operation, name, value);
    return value
      .split("/")
      .map((part) => segment(operation, name, part))
      .join("/");
  });
  // Two values side by side, or one beside a literal dot, can still make a dot segment.
  if (path.split("/").some((part) => dots.test(part))) {
    throw new ConfigurationError(`${operation.id}: its path parameters together make a dot segment.`);
  }
  return path;
}
