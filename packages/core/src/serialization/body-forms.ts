import type { BodyContext, EncodeBody, Pair, Parameter } from "../pipeline/strategies.js";
import type { QueryStyle } from "../provider/profile.js";
import type { FormEntry } from "../upload/encode-form.js";
import { encodeUpload } from "./encode-upload.js";
import { isBytes, isFile, replayable, urlEncoded } from "./encoded-body.js";
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
  return replayable(urlEncoded, joinPairs(pairs));
};

/**
 * `multipart/form-data`: bytes are files. Nested values are written in brackets where the provider's forms are; elsewhere
 * lists are repeated and objects are JSON.
 */
export const multipartBody: EncodeBody = (fields, context) => {
  const entries: FormEntry[] = [];
  const style = context.inner === "form-brackets" ? "brackets" : "json";
  for (const [name, value] of Object.entries(fields)) {
    const items = [value].flat();
    const isOneField = style === "brackets" && !items.some((item) => isBytes(item) || isFile(item));
    for (const item of isOneField ? [value] : items) {
      if (isFile(item)) entries.push([name, item, item instanceof Blob ? undefined : name]);
      else if (isBytes(item)) entries.push([name, new Blob([item]), name]);
      else if (item !== null) entries.push(...serializeField({ name, value: item }, style, context));
    }
  }
  return encodeUpload(entries);
};
