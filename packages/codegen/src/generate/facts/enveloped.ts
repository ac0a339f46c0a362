import { isJsonObject } from "../document/json.js";
import type { ApiOperation } from "../operations/api-operation.js";
import { successResponses } from "../operations/response-media.js";
import type { GeneratorProfile } from "../profile/generator-profile.js";
import { propertiesOf } from "./schema-shape.js";

/**
 * Whether the data of an operation is in the envelope of the profile: each of its successes that has a body is JSON, an object with the
 * member, and with no other than those that a caller can do without.
 */
export function isEnveloped(operation: ApiOperation, envelope: GeneratorProfile["envelope"]): boolean {
  if (envelope === undefined) return false;
  const media = successResponses(operation).flatMap((response) => response.media);
  const known = new Set([envelope.field, ...envelope.beside]);
  return (
    media.length > 0 &&
    media.every(({ kind, schema }) => {
      const names = isJsonObject(schema) && kind === "json" ? [...propertiesOf(operation.document, schema).keys()] : [];
      return names.includes(envelope.field) && names.every((name) => known.has(name));
    })
  );
}
