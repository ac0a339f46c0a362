import { compareText, fieldOf, objectIn, stringIn } from "../document/json.js";
import type { ApiOperation } from "../operations/api-operation.js";
import { isJsonType } from "../operations/media-type.js";
import { concrete, type RequestMedia } from "../operations/request-media.js";
import type { QueryStyle } from "../profile/generator-profile.js";
import { declaredStyle } from "./query-styles.js";
import { canBeNested, propertiesOf } from "./schema-shape.js";

/** A media type of a part of a form, as opposed to a style. */
type PartType = `${string}/${string}`;

/** A field of a form that is encoded in another way than its others. */
export type FieldEncoding = readonly [name: string, encoding: QueryStyle | PartType];

/** What the document says of single fields: https://spec.openapis.org/oas/v3.1.1.html#encoding-object */
export function formEncoding({ document }: ApiOperation, { media, form }: RequestMedia): readonly FieldEncoding[] {
  const isForm = form.startsWith("form-");
  if (!isForm && form !== "multipart") return [];
  const properties = propertiesOf(document, media.schema);
  const entries = Object.entries(objectIn(media.json, "encoding")).flatMap(([name, json]): FieldEncoding[] => {
    const type = stringIn(json, "contentType");
    if (!isForm) {
      // A list of types, or a range, leaves the choice to the caller.
      const part = type !== undefined && !type.includes(",") ? concrete(type) : undefined;
      return part === undefined ? [] : [[name, part as PartType]];
    }
    if (!canBeNested(document, properties.get(name))) return [];
    const hasStyle = ["style", "explode", "allowReserved"].some((keyword) => fieldOf(json, keyword) !== undefined);
    if (!hasStyle && !(type !== undefined && isJsonType(type))) return [];
    const style = hasStyle ? declaredStyle(json) : "json";
    return style === form.slice("form-".length) ? [] : [[name, style]];
  });
  return entries.sort(([a], [b]) => compareText(a, b));
}
