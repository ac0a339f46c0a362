import type { LoadedDocument } from "../../document/loaded-document.js";
import { fieldOf, isJsonObject, objectIn } from "../document/json.js";
import { followReference } from "../document/reference.js";
import type { ApiOperation, ApiParameter } from "../operations/api-operation.js";
import { requestMedia } from "../operations/request-media.js";
import type { GeneratorProfile } from "../profile/generator-profile.js";
import { isInt64 } from "../schemas/transforms/int64.js";
import { canBeNested, propertiesOf } from "./schema-shape.js";

/**
 * Whether a parameter or a form has a 64-bit integer in a list or an object that is written as JSON: all of `content`, and what is
 * nested in a form or within the values of a parameter.
 */
export function nestsInt64(operations: readonly ApiOperation[], profile: GeneratorProfile): boolean {
  return operations.some((operation) => {
    const { document, parameters } = operation;
    const request = requestMedia(operation, profile);
    const isForm = request !== undefined && request.form !== "json" && request.form !== "raw";
    const fields = isForm ? [...propertiesOf(document, request.media.schema).values()] : [];
    return (
      parameters.some((parameter) => sendsJson(document, parameter, profile)) ||
      fields.some((field) => canBeNested(document, field) && hasInt64(document, field))
    );
  });
}

function sendsJson(document: LoadedDocument, { place, json }: ApiParameter, { query }: GeneratorProfile): boolean {
  const [media] = Object.values(objectIn(json, "content"));
  if (media !== undefined) return hasInt64(document, fieldOf(media, "schema"));
  const schema = followReference(document, fieldOf(json, "schema"));
  const values = [fieldOf(schema, "items"), ...propertiesOf(document, schema).values()];
  const nested = place === "query" && query === "json" ? [schema] : values;
  return nested.some((value) => canBeNested(document, value) && hasInt64(document, value));
}

function hasInt64(document: LoadedDocument, schema: unknown, seen = new Set<unknown>()): boolean {
  const found = Array.isArray(schema) ? schema : followReference(document, schema);
  if (typeof found !== "object" || found === null || seen.has(found)) return false;
  seen.add(found);
  if (isJsonObject(found) && isInt64(found)) return true;
  return Object.values(found).some((part) => hasInt64(document, part, seen));
}
