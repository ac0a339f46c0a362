import type { Operation } from "../pipeline/call.js";
import { readPath } from "./read-path.js";
import { type SpellDate, scalarText } from "./spelling.js";

// The URL parser reads `%2e` as a dot, so an encoded dot segment climbs as well as a plain one.
const emptyOrDots = /^((\.|%2e){1,2})?$/i;
const dotSegment = /\/(\.|%2e){1,2}(\/|$)/i;

/**
 * Fills a path template. Each value stays within its segment (parameters that the document marks as multi-segment
 * keep their slashes); throws for what is missing, empty, not a scalar, or a dot segment.
 */
export function serialisePath(
  { path: template, multiSegment }: Operation,
  params: object,
  date: SpellDate | undefined,
): string {
  let path = "";
  let at = 0;
  // By hand: `replace` with a function, or `split`, costs more than all that this calls.
  for (;;) {
    const open = template.indexOf("{", at);
    const close = template.indexOf("}", open);
    if (open < 0 || close < 0) break;
    const name = template.slice(open + 1, close);
    const segment = (text: string) => {
      if (!emptyOrDots.test(text)) return encodeURIComponent(text);
      throw new TypeError(`\`${name}\` is missing, empty, a dot segment, or no string or number`);
    };
    const text = scalarText(name, readPath(params, [name]) ?? null, date) ?? "";
    path += template.slice(at, open);
    path += multiSegment.includes(name) ? text.split("/").map(segment).join("/") : segment(text);
    at = close + 1;
  }
  path += template.slice(at);
  // A fragment only tells operations of a document apart (`/tags/{arn}#tagKeys`): it would swallow the query.
  const fragment = path.indexOf("#");
  if (fragment >= 0) path = path.slice(0, fragment);
  // No value can make one, but the template itself may hold one: a caller can name any.
  if (dotSegment.test(path)) throw new TypeError("its path has a dot segment");
  return path;
}
