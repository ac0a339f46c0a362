import type { Operation } from "../pipeline/call.js";
import type { FormatDate } from "../pipeline/strategies.js";
import { readPath } from "../platform/json-path.js";
import { formatScalar } from "./format-value.js";

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
  let path = "";
  let at = 0;
  // A loop, because `replace` with a function, or `split`, costs more than everything that it calls.
  for (;;) {
    const open = template.indexOf("{", at);
    const close = template.indexOf("}", open);
    if (open < 0 || close < 0) break;
    const name = template.slice(open + 1, close);
    const encodeSegment = (text: string) => {
      if (!emptyOrDots.test(text)) return encodeURIComponent(text);
      throw new TypeError(`path parameter \`${name}\` must be a non-empty string or number, and not a dot segment`);
    };
    const text = formatScalar(name, readPath(params, [name]) ?? null, formatDate) ?? "";
    path += template.slice(at, open);
    path += multiSegment.includes(name) ? text.split("/").map(encodeSegment).join("/") : encodeSegment(text);
    at = close + 1;
  }
  path += template.slice(at);
  // A fragment only distinguishes operations of a document (`/tags/{arn}#tagKeys`): it would swallow the query.
  const fragment = path.indexOf("#");
  if (fragment >= 0) path = path.slice(0, fragment);
  // No value can add one, but the template itself may hold one: a caller can name any path.
  if (dotSegment.test(path)) throw new TypeError("the path has a dot segment");
  return path;
}
