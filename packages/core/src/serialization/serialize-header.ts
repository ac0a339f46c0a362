import type { FormatDate } from "../pipeline/strategies.js";
import { toData } from "./format-value.js";

/** The text of a header parameter; null and undefined as they are. Throws TypeError for an object, which has none. */
export function serializeHeader(
  name: string,
  value: unknown,
  formatDate: FormatDate | undefined,
): string | null | undefined {
  const data = toData(name, value, formatDate);
  if (data === null || data === undefined) return data;
  if (typeof data !== "object" || Array.isArray(data)) return `${data}`;
  throw new TypeError(`header parameter \`${name}\` must be a text, a number or a list`);
}
