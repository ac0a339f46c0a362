import type { DocumentParameter } from "../document/operation.js";

/** The shapes in which the text of a parameter may be read. */
export type ParameterShape = "array" | "object" | "scalar";

/** How the text of a parameter is read. */
export interface ParameterText {
  readonly parameter: DocumentParameter;
  /** The text as sent. */
  readonly text: string;
  readonly shape: ParameterShape;
  /** Decodes a part of the text: a header is not encoded. */
  readonly decode: (part: string) => string;
}

/** The name and the value of `key=value`. */
function split(text: string): [string, string] {
  const at = text.indexOf("=");
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** A list whose items alternate between names and values, as an object; undefined where one is missing. */
function toObject(texts: readonly string[]): Record<string, string> | undefined {
  if (texts.length % 2 !== 0) return undefined;
  return Object.fromEntries(texts.flatMap((text, index) => (index % 2 === 0 ? [[text, texts[index + 1] ?? ""]] : [])));
}

/**
 * Reads the text of a path, header or cookie parameter as its style says: strings, which are not yet in the types of the schema.
 * Undefined where the text is not in that style and shape. Source: https://spec.openapis.org/oas/v3.1.1.html#style-examples
 */
export function parseParameter({ parameter, text, shape, decode }: ParameterText): unknown {
  const { name, style = parameter.in === "cookie" ? "form" : "simple" } = parameter;
  const explode = parameter.explode ?? style === "form";
  const isMatrix = style === "matrix";
  const first = isMatrix ? ";" : style === "label" ? "." : "";
  if (!text.startsWith(first)) return undefined;
  let rest = text.slice(first.length);
  const isNamed = isMatrix && !(explode && shape !== "scalar");
  if (isNamed) {
    const [key, value] = split(rest);
    if (decode(key) !== name) return undefined;
    rest = value;
  }
  if (shape === "scalar") return decode(rest);
  const parts = rest.split(explode && first !== "" ? first : ",");
  if (!explode) {
    const values = parts.map(decode);
    return shape === "array" ? values : toObject(values);
  }
  if (shape === "object") return Object.fromEntries(parts.map((part) => split(part).map(decode)));
  if (!isMatrix) return parts.map(decode);
  const pairs = parts.map(split);
  return pairs.every(([key]) => decode(key) === name) ? pairs.map(([, value]) => decode(value)) : undefined;
}
