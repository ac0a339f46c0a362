import type { Operation } from "../pipeline/call.js";
import type { FormatDate } from "../pipeline/strategies.js";
import { readPath } from "../platform/json-path.js";
import { toData } from "./format-value.js";

// The URL parser reads `%2e` as a dot, so an encoded dot segment climbs like a plain one.
const emptyOrDots = /^((\.|%2e){1,2})?$/i;
const dotSegment = /\/(\.|%2e){1,2}(\/|$)/i;

/**
 * Fills a path template. Each value stays within its segment (parameters that the document marks as multi-segment
 * keep their slashes). Throws TypeError for a value that is missing, empty, not a scalar, or a dot segment.
 */
export function serializePath(
  { path: template, multiSegment }: Operation,
  params: object,
  formatDate: FormatDate | undefined,
): string {
  let path = template.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const encodeSegment = (text: string) => {
      if (!emptyOrDots.test(text)) return encodeURIComponent(text);
      throw new TypeError(`path parameter \`${name}\` must be a non-empty string or number, and not a dot segment`);
    };
    const data = toData(name, readPath(params, [name]) ?? "", formatDate);
    const text = typeof data === "object" ? "" : `${data}`;
    return multiSegment.includes(name) ? text.split("/").map(encodeSegment).join("/") : encodeSegment(text);
  });
  // A fragment only distinguishes operations of a document (`/tags/{arn}#tagKeys`): it would swallow the query.
  const fragment = path.indexOf("#");
  if (fragment >= 0) path = path.slice(0, fragment);
  // No value can add one, but the template itself may hold one: a caller can name any path.
  if (dotSegment.test(path)) throw new TypeError("the path has a dot segment");
  return path;
}
