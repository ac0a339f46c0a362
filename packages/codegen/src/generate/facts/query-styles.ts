import { fieldOf, objectIn, stringIn } from "../document/json.js";
import type { ApiOperation } from "../operations/api-operation.js";
import type { GeneratorProfile, QueryStyle } from "../profile/generator-profile.js";
import { hasOwnFormat } from "./parameter-formats.js";
import { canBeNested } from "./schema-shape.js";

/** The query parameters that are arrays or objects in another style than the profile's. */
export function queryStyles(operation: ApiOperation, profile: GeneratorProfile): ReadonlyMap<string, QueryStyle> {
  const styles = new Map<string, QueryStyle>();
  for (const parameter of operation.parameters) {
    if (parameter.place !== "query" || hasOwnFormat(operation, parameter)) continue;
    const [media] = Object.values(objectIn(parameter.json, "content"));
    const schema = fieldOf(parameter.json, "schema") ?? fieldOf(media, "schema");
    const style = media === undefined ? declaredStyle(parameter.json) : "json";
    if (style !== profile.query && canBeNested(operation.document, schema)) styles.set(parameter.name, style);
  }
  return styles;
}

// https://spec.openapis.org/oas/v3.1.0#style-values: `form` is the default, and explodes by default.
/** The style that a parameter, or a field of a form, has in a document. */
export function declaredStyle(json: unknown): QueryStyle {
  const explode = fieldOf(json, "explode");
  switch (stringIn(json, "style")) {
    case "spaceDelimited":
      return explode === true ? "repeat" : "space";
    case "pipeDelimited":
      return explode === true ? "repeat" : "pipe";
    case "deepObject":
      return "brackets";
    default:
      return explode === false ? "comma" : "repeat";
  }
}
