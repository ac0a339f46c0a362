// How OpenAPI 3.1.1 says that parameters are sent, written from its table of styles (section 4.8.12.2, "Style Values", and appendix C) and
// from nothing of Connectry.
import type { Json } from "./sample-page.ts";

type Scalar = string | number | boolean;

const separators: Readonly<Record<string, string>> = { spaceDelimited: "%20", pipeDelimited: "%7C" };
const isScalar = (value: unknown): value is Scalar => ["string", "number", "boolean"].includes(typeof value);

/** Percent-encodes all that RFC 3986 does not call unreserved. */
export function encode(value: unknown): string {
  return encodeURIComponent(String(value)).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** What RFC 6570 leaves as it is where reserved characters are allowed, but for what would end a value of a query or change it. */
function encodeReserved(value: unknown): string {
  return encode(value).replace(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/g, (code) => decodeURIComponent(code));
}

/**
 * A parameter as it is sent: the text in the path or of the header, or the pairs of the query or cookie, joined by `&`. Undefined for what
 * OpenAPI does not define, such as a list of objects without `content`.
 */
export function expectedParameter(parameter: Json, value: unknown): string | undefined {
  const place = String(parameter.in);
  const name = String(parameter.name);
  const plain = place === "header" ? String : parameter.allowReserved === true ? encodeReserved : encode;
  const isQuery = place === "query" || place === "cookie";
  const type = Object.keys((parameter.content ?? {}) as object)[0];
  if (type !== undefined) {
    if (!/json/i.test(type)) return undefined;
    const text = plain(JSON.stringify(value));
    return isQuery ? `${encode(name)}=${text}` : text;
  }
  const style = String(parameter.style ?? (isQuery ? "form" : "simple"));
  const explode = (parameter.explode ?? style === "form") as boolean;
  const members = isScalar(value) ? undefined : Array.isArray(value) ? value : Object.entries(value as object).flat();
  if (members?.length === 0 || members?.some((member) => !isScalar(member))) return undefined;
  if (members === undefined) return scalar(style, name, plain(value));
  const pairs = Array.isArray(value)
    ? undefined
    : Object.entries(value as object).map(([key, one]) => [plain(key), plain(one)]);
  const all = members.map(plain);
  const assigned = pairs?.map((pair) => pair.join("="));
  switch (style) {
    case "simple":
      return (explode ? (assigned ?? all) : all).join(",");
    case "label":
      return `.${(explode ? (assigned ?? all) : all).join(explode ? "." : ",")}`;
    case "matrix":
      if (!explode) return `;${name}=${all.join(",")}`;
      return (assigned ?? all.map((one) => `${name}=${one}`)).map((one) => `;${one}`).join("");
    case "form":
      if (!explode) return `${encode(name)}=${all.join(",")}`;
      return (assigned ?? all.map((one) => `${encode(name)}=${one}`)).join("&");
    case "spaceDelimited":
    case "pipeDelimited":
      return explode ? undefined : `${encode(name)}=${all.join(separators[style])}`;
    case "deepObject":
      return pairs?.map(([key, one]) => `${encode(`${name}[`)}${key}%5D=${one}`).join("&");
  }
  return undefined;
}

function scalar(style: string, name: string, text: string): string | undefined {
  const written: Readonly<Record<string, string>> = {
    simple: text,
    label: `.${text}`,
    matrix: text === "" ? `;${name}` : `;${name}=${text}`,
    form: `${encode(name)}=${text}`,
  };
  return written[style];
}
