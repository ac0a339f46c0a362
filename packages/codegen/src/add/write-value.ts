import { writeData, writeKey } from "../generate/write/literal.js";

const WIDTH = 120;

/**
 * Plain data as a TypeScript literal in the layout of the formatter: on one line if it fits, else with a line per
 * member. `before` is the number of characters in front of it on its line.
 */
export function writeValue(value: unknown, indent: number, before: number): string {
  const flat = writeData(value);
  if (before + flat.length < WIDTH || typeof value !== "object" || value === null) return flat;
  const inner = " ".repeat(indent + 2);
  const close = " ".repeat(indent);
  if (Array.isArray(value)) {
    const members = value.map((one) => `${inner}${writeValue(one, indent + 2, indent + 3)},\n`);
    return `[\n${members.join("")}${close}]`;
  }
  const members = Object.entries(value).map(([key, one]) => {
    const start = `${inner}${writeKey(key)}: `;
    return `${start}${writeValue(one, indent + 2, start.length + 1)},\n`;
  });
  return `{\n${members.join("")}${close}}`;
}
