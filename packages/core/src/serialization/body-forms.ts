import type { BodyContext, EncodeBody, Pair, Parameter } from "../pipeline/strategies.js";
import { readPath } from "../platform/json-path.js";
import type { QueryStyle } from "../provider/profile.js";
import type { FormEntry } from "../upload/encode-form.js";
import { encodeUpload } from "./encode-upload.js";
import { isBytes, isFile, replayable, urlEncoded } from "./encoded-body.js";
import { toData } from "./format-value.js";
import { joinPairs, serializeParameter } from "./query-styles.js";

function serializeField(parameter: Parameter, style: QueryStyle, context: BodyContext): readonly Pair[] {
  return serializeParameter(parameter, { ...context, style, serialize: context.styles[style], depth: 0, clears: true });
}

/** How a single field is encoded where it differs from the others of its form. */
const encodingOf = ({ encoding }: BodyContext, name: string) => readPath(encoding, [name]) as string | undefined;

/**
 * `application/x-www-form-urlencoded`, written like a query of the same style; but an object does not become fields of other
 * names: where lists are repeated, it is JSON.
 */
export const formBody: EncodeBody = (fields, context) => {
  const style = context.form.slice("form-".length) as QueryStyle;
  const pairs = Object.entries(fields).flatMap(([name, value]) => {
    const usual = style === "repeat" && !Array.isArray(value) ? "json" : style;
    return serializeField({ name, value }, (encodingOf(context, name) ?? usual) as QueryStyle, context);
  });
  return replayable(context.contentType ?? urlEncoded, joinPairs(pairs));
};

/**
 * `multipart/form-data`, or what the document has instead: bytes are files. Nested values are written in brackets where the
 * provider's forms are; elsewhere lists are repeated, and objects are JSON and say so. A list of which the document says that it is
 * JSON is one field.
 */
export const multipartBody: EncodeBody = (fields, context) => {
  const entries: FormEntry[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const type = encodingOf(context, name);
    const isJson = /[/+]json\b/i.test(type ?? "");
    const style = context.inner === "form-brackets" && !type ? "brackets" : "json";
    const items = isJson ? [value] : [value].flat();
    const isOneField = style === "brackets" && !items.some((item) => isBytes(item) || isFile(item));
    for (const item of isOneField ? [value] : items) {
      if (isFile(item)) entries.push([name, item, item instanceof Blob ? undefined : name, type]);
      else if (isBytes(item)) entries.push([name, new Blob([item]), name, type]);
      else if (item !== null) {
        // https://spec.openapis.org/oas/v3.1.1.html#encoding-object: JSON is the default of an object.
        const isObject = style === "json" && typeof toData(name, item, context.formatDate) === "object";
        const typeOfText = type ?? (isObject ? "application/json" : undefined);
        const pairs = serializeField({ name, value: item }, style, context);
        entries.push(...pairs.map(([key, text]): FormEntry => [key, text, undefined, typeOfText]));
      }
    }
  }
  return encodeUpload(entries, context.contentType);
};
