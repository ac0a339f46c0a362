import { ConfigurationError } from "../errors/connectry-error.js";
import { suggestNames } from "./suggest-names.js";

/** Which options exist. */
export interface KnownOptions<Numbers extends object> {
  /** The options that are numbers, with their defaults. */
  readonly defaults: Numbers;
  /** The names of all other options. */
  readonly others: readonly string[];
  /** What the options belong to: messages begin with it. */
  readonly where: string;
  /** What messages write before the name of an option, such as `cache.`. */
  readonly prefix?: string;
  /** Whether a time may be 0. */
  readonly allowsZero?: boolean;
}

/**
 * Merges the numbers among options over their defaults. Throws ConfigurationError for an unknown option, and for a value that
 * is not a positive number (a positive integer or Infinity, unless its name ends in `Ms`).
 */
export function readOptions<Numbers extends object>(
  options: object,
  { defaults, others, where, prefix = "", allowsZero }: KnownOptions<Numbers>,
): Numbers {
  // Most calls have nothing but parameters: the defaults then apply as they are.
  let numbers = defaults;
  for (const name of Object.keys(options)) {
    if (others.includes(name)) continue;
    const value = (options as Record<string, unknown>)[name];
    if (!Object.hasOwn(defaults, name)) {
      const suggestion = suggestNames(name, [...Object.keys(defaults), ...others]);
      throw new ConfigurationError(`${where}: unknown option \`${prefix}${name}\`: ${suggestion}`);
    }
    if (value === undefined) continue;
    const isTime = name.endsWith("Ms");
    // The remainder of Infinity is NaN.
    if (typeof value !== "number" || !(allowsZero ? value >= 0 : value > 0) || (value % 1 && !isTime)) {
      const kind = isTime ? "number of milliseconds" : "integer";
      const expected = allowsZero ? `${kind}, 0 or more` : `positive ${kind}`;
      throw new ConfigurationError(`${where}: ${prefix}${name} must be a ${expected}, got ${String(value)}.`);
    }
    numbers = { ...numbers, [name]: value };
  }
  return numbers;
}
