import type { ExpandParameters, ValueFormats } from "../pipeline/strategies.js";
import { readPath } from "../platform/json-path.js";
import type { ParameterFormat } from "../provider/facts.js";
import { toData } from "./format-value.js";
import { percentEncode } from "./percent-encode.js";

type Place = "path" | "query" | "header" | "cookie";
type Encode = (text: string) => string;

/** How one style joins its values (RFC 6570, appendix A; for `space` and `pipe` OpenAPI 3.1.1, section 4.8.12.4). */
interface Rule {
  readonly first: string;
  /** Between values that explode. */
  readonly separator: string;
  /** Between values that do not. */
  readonly delimiter: string;
  readonly isNamed: boolean;
  /** What follows the name of an empty value. */
  readonly ifEmpty: string;
}

const form: Rule = { first: "", separator: "&", delimiter: ",", isNamed: true, ifEmpty: "=" };
const simple: Rule = { first: "", separator: ",", delimiter: ",", isNamed: false, ifEmpty: "" };
const rules: Readonly<Record<Exclude<ParameterFormat["style"], "json">, Rule>> = {
  simple,
  label: { ...simple, first: ".", separator: "." },
  matrix: { ...form, first: ";", separator: ";", ifEmpty: "" },
  form,
  space: { ...form, delimiter: "%20" },
  pipe: { ...form, delimiter: "%7C" },
  brackets: form,
};

const asIs: Encode = (text) => text;

// Reserved characters and encoded ones stay (RFC 6570, section 3.2.3), but for those that would end the value or change it, because
// they mean something else in a query: https://spec.openapis.org/oas/v3.1.1.html#parameter-allow-reserved
const encodeReserved: Encode = (text) =>
  text.replace(/%[\da-f]{2}|[!$'()*,/:;=?@]|[^%!$'()*,/:;=?@]+|%/gi, (part) =>
    /^(%[\da-f]{2}|[!$'()*,/:;=?@])$/i.test(part) ? part : percentEncode(part),
  );

/** A value to write, and all that its text depends on. */
interface Expansion extends ValueFormats {
  readonly name: string;
  readonly value: unknown;
  readonly place: Place;
  readonly format: ParameterFormat;
}

/** The JSON text of a value in its place: ASCII in a header, which could not carry other characters. */
function expandJson(expansion: Expansion, encode: Encode): string {
  const { name, value, place, formatDate, formatJson } = expansion;
  const text = formatJson(name, value, formatDate);
  if (place !== "header") return (place === "path" ? "" : `${percentEncode(name)}=`) + encode(text);
  return text.replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * The text of a parameter in its style; undefined where there is nothing to send. Throws TypeError for what the style has no text
 * for: values nested in values, a list or an object that explodes in a cookie, a value that contains its delimiter unencoded.
 */
function expand(expansion: Expansion): string | undefined {
  const { name, value, place, format, formatDate } = expansion;
  const { style, explode = false, reserved } = format;
  const encode = place === "header" ? asIs : reserved ? encodeReserved : percentEncode;
  if (value === undefined) return undefined;
  if (style === "json") return expandJson(expansion, encode);
  const { first, separator, delimiter, isNamed, ifEmpty } = rules[style];
  const named = (key: string, text: string) => (text ? `${key}=${text}` : key + ifEmpty);
  const data = toData(name, value, formatDate);
  if (data === null) return undefined;
  const key = percentEncode(name);
  if (typeof data !== "object") return first + (isNamed ? named(key, encode(`${data}`)) : encode(`${data}`));

  const isList = Array.isArray(data);
  if (place === "cookie" && explode) throw new TypeError(`a cookie cannot carry the values of \`${name}\` one by one`);
  const entries = Object.entries(data).flatMap(([own, item]): [string, string][] => {
    const text = toData(`${name}.${own}`, item, formatDate) ?? undefined;
    if (text === undefined) return [];
    if (typeof text === "object") throw new TypeError(`\`${name}\` has values nested in its values`);
    return [[place === "header" ? own : percentEncode(own), encode(`${text}`)]];
  });
  if (entries.length === 0) return undefined;
  const isBrackets = style === "brackets";
  const isJoined = !explode && !isBrackets;
  // A comma that is encoded is told from a delimiter. Texts of a header are not encoded, nor are reserved characters.
  const split = isJoined ? delimiter : separator;
  const isAmbiguous = (own: string, text: string) =>
    text.includes(split) || (!isList && (own.includes(split) || (!isJoined && own.includes("="))));
  if ((isJoined || place === "header") && entries.some((pair) => isAmbiguous(...pair)))
    throw new TypeError(`\`${name}\` has a text that contains its separator`);
  if (isJoined) {
    const joined = entries.flatMap((pair) => (isList ? pair[1] : pair)).join(delimiter);
    return first + (isNamed ? named(key, joined) : joined);
  }
  const texts = entries.map(([own, text]) => {
    if (isBrackets) return named(`${key}%5B${own}%5D`, text);
    if (!isList) return isNamed ? named(own, text) : `${own}=${text}`;
    return isNamed ? named(key, text) : text;
  });
  return first + texts.join(separator);
}

/**
 * Writes the parameters whose format the facts name, as RFC 6570 and OpenAPI say, and leaves the others. Throws TypeError for a
 * value that its style has no text for, and for one that is missing in a path.
 */
export const expandParameters: ExpandParameters = ({ path: template, parameters = {} }, params, formats) => {
  let path = template;
  const query: string[] = [];
  const cookies: string[] = [];
  const headers: Record<string, string> = {};
  const rest: Record<string, Record<string, unknown>> = {};
  for (const place of ["path", "query", "header", "cookie"] as const) {
    const given = { ...params[place] };
    rest[place] = given;
    for (const [name, format] of Object.entries(parameters[place] ?? {})) {
      const text = expand({ name, value: readPath(given, [name]), place, format, ...formats });
      delete given[name];
      if (place === "path") {
        if (!text) throw new TypeError(`path parameter \`${name}\` must not be empty`);
        path = path.replace(`{${name}}`, () => text);
      } else if (text === undefined) continue;
      else if (place === "query") query.push(text);
      else if (place === "cookie") cookies.push(text);
      else headers[name] = text;
    }
  }
  if (cookies.length > 0) headers.cookie = cookies.join("; ");
  return { path, query: query.join("&"), headers, params: rest };
};
