import type { Operation } from "../pipeline/call.js";
import type { FormatDate } from "../pipeline/strategies.js";
import { boundedMemo } from "../platform/bounded-memo.js";
import { readPath } from "../platform/json-path.js";
import { toData } from "./format-value.js";
import { percentEncode } from "./percent-encode.js";

// The URL parser reads `%2e` as a dot, so an encoded dot segment climbs like a plain one.
const emptyOrDots = /^((\.|%2e){1,2})?$/i;
const dotSegment = /\/(\.|%2e){1,2}(\/|$)/i;

/** The text before, between and after the parameters of a template; the names of the parameters are at the odd places. */
const partsOf = boundedMemo((template): readonly string[] =>
  // A fragment only distinguishes operations of a document (`/tags/{arn}#tagKeys`): it would swallow the query.
  template.replace(/#.*/s, "").split(/\{([^{}]*)\}/),
);

/**
 * Fills a path template. Each value stays within its segment; that of a parameter with several keeps its slashes, and is empty
 * where a read asks for the root, such as that of GitHub's contents. Throws TypeError for a value that is missing, not a scalar, or
 * a dot segment, and for any other that is empty: a write would be to the collection instead of its item.
 */
export function serializePath(
  { path: template, multiSegment, safety }: Operation,
  params: object,
  formatDate: FormatDate | undefined,
): string {
  const fill = (name: string): string => {
    const data = toData(name, readPath(params, [name]) ?? null, formatDate);
    const isMulti = multiSegment.includes(name);
    if (data === "" && isMulti && safety === "safe" && template.endsWith(`{${name}}`)) return data;
    const text = typeof data === "object" ? "" : `${data}`;
    const encode = (segment: string) => {
      if (!emptyOrDots.test(segment)) return percentEncode(segment);
      throw new TypeError(`path parameter \`${name}\` must be a non-empty string or number, not a dot segment`);
    };
    return isMulti ? text.split("/").map(encode).join("/") : encode(text);
  };
  let path = "";
  let isName = false;
  for (const part of partsOf.get(template)) {
    path += isName ? fill(part) : part;
    isName = !isName;
  }
  // No value can add one, but the template itself may hold one: a caller can name any path.
  if (dotSegment.test(path)) throw new TypeError("the path has a dot segment");
  return path;
}
