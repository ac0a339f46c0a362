import type { Operation } from "../pipeline/call.js";
import { readPath } from "./read-path.js";
import { type DateStyle, scalarText } from "./spelling.js";

// The URL parser reads `%2e` as a dot, so an encoded dot segment climbs as well as a plain one.
const emptyOrDots = /^((\.|%2e){1,2})?$/i;
const dotSegment = /\/(\.|%2e){1,2}(\/|$)/i;

/**
 * Fills a path template. Each value stays within its segment (parameters that the document marks as multi-segment
 * keep their slashes); throws for what is missing, empty, not a scalar, or a dot segment.
 */
export function serialisePath({ path: template, multiSegment }: Operation, params: object, dates: DateStyle): string {
  // A fragment only tells operations of a document apart (`/tags/{arn}#tagKeys`): it would swallow the query.
  const [start = "", ...pieces] = template.split("#", 1).join().split("{");
  let path = start;
  // By hand: `replace` with a function costs more than all that it calls.
  for (const piece of pieces) {
    const close = piece.indexOf("}");
    const name = piece.slice(0, close);
    const segment = (text: string) => {
      if (!emptyOrDots.test(text)) return encodeURIComponent(text);
      throw new TypeError(`\`${name}\` is missing, empty, a dot segment, or no string or number`);
    };
    const text = scalarText(name, readPath(params, [name]) ?? null, dates) ?? "";
    path += multiSegment.includes(name) ? text.split("/").map(segment).join("/") : segment(text);
    path += piece.slice(close + 1);
  }
  // Two values side by side, or one beside a literal dot, can still make a dot segment.
  if (dotSegment.test(path)) throw new TypeError("its path has a dot segment");
  return path;
}
