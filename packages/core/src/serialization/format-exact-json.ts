import type { FormatJson } from "../pipeline/strategies.js";
import { toData } from "./format-value.js";

/**
 * The JSON text of a value, in which a bigint is a number with all its digits. Throws TypeError where there is no JSON text.
 * `JSON.rawJSON` would do the same, but Node.js 20 lacks it.
 */
export const formatExactJson: FormatJson = (name, value, formatDate) => {
  let hasBigInts = false;
  const write = (mark: string) =>
    JSON.stringify(value, function (this: Record<string, unknown>, key) {
      const data = toData(key || name, this[key], formatDate);
      if (typeof data !== "bigint") return data;
      hasBigInts = true;
      return mark + data;
    });
  const plain = write("");
  if (!hasBigInts) return plain;
  // A mark that no text of the value contains: only bigints begin with it.
  let mark = "bigint:";
  while (plain.includes(mark)) mark += ":";
  return write(mark).replace(new RegExp(`"${mark}(-?\\d+)"`, "g"), "$1");
};
