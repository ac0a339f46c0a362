import type { Operation } from "../pipeline/call.js";
import { readPath } from "./read-path.js";
import { type DateStyle, scalarText } from "./spelling.js";

const placeholder = /\{([^{}]+)\}/g;
// The URL parser reads `%2e` as a dot, so an encoded dot segment climbs as well as a plain one.
const emptyOrDots = /^((\.|%2e){1,2})?$/i;
const dotSegment = /\/(\.|%2e){1,2}(\/|$)/i;

/**
 * Fills a path template. Each value stays within its segment (parameters that the document marks as multi-segment
 * keep their slashes); throws for what is missing, empty, not a scalar, or a dot segment.
 */
export function serialisePath({ path: template, multiSegment }: Operation, params: object, dates: DateStyle): string {
  // A fragment only tells operations of a document apart (`/tags/{arn}#tagKeys`): it would swallow the query.
  const path = template.replace(/#.*/, "").replace(placeholder, (_, name: string) => {
    const text = scalarText(name, readPath(params, [name]) ?? null, dates) ?? "";
    const parts = multiSegment.includes(name) ? text.split("/") : [text];
    if (parts.some((part) => emptyOrDots.test(part))) {
      throw new TypeError(`path parameter \`${name}\` is missing, empty, a dot segment, or no string or number`);
    }
    return parts.map(encodeURIComponent).join("/");
  });
  // Two values side by side, or one beside a literal dot, can still make a dot segment.
  if (dotSegment.test(path)) throw new TypeError("path parameters together make a dot segment");
  return path;
}
