import type { BodyContext, EncodeBody, Pair, Parameter } from "../pipeline/strategies.js";
import type { QueryStyle } from "../provider/profile.js";
import { encodeOnce, isBinary, replayable } from "./encoded-body.js";
import { joinPairs, serializeParameter } from "./query-styles.js";

function serializeField(parameter: Parameter, style: QueryStyle, { styles, formatDate }: BodyContext): readonly Pair[] {
  return serializeParameter(parameter, { style, serialize: styles[style], formatDate, depth: 0, clears: true });
}

/**
 * `application/x-www-form-urlencoded`, written like a query of the same style; but an object does not become fields of other
 * names: where lists are repeated, it is JSON.
 */
export const formBody: EncodeBody = (fields, context) => {
  const style = context.form.slice("form-".length) as QueryStyle;
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    serializeField({ name, value }, style === "repeat" && !Array.isArray(value) ? "json" : style, context),
  );
  return replayable("application/x-www-form-urlencoded", joinPairs(pairs));
};

/**
 * `multipart/form-data`: bytes are files. Nested values are written in brackets where the provider's forms are; elsewhere
 * lists are repeated and objects are JSON.
 */
export const multipartBody: EncodeBody = (fields, context) => {
  const data = new FormData();
  const style = context.inner === "form-brackets" ? "brackets" : "json";
  for (const [name, value] of Object.entries(fields)) {
    const items = [value].flat();
    const isOneField = style === "brackets" && !items.some(isBinary);
    for (const item of isOneField ? [value] : items) {
      if (isBinary(item)) data.append(name, item instanceof Blob ? item : new File([item], name));
      else if (item !== null) {
        for (const [key, text] of serializeField({ name, value: item }, style, context)) data.append(key, text);
      }
    }
  }
  return encodeOnce(new Response(data));
};
