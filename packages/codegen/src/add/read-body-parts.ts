import { arrayIn, isJsonObject } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import { propertiesOf } from "../generate/facts/schema-shape.js";
import type { ApiOperation } from "../generate/operations/api-operation.js";
import { readMedia } from "../generate/operations/media-type.js";
import type { DraftInput } from "./draft.js";
import { camelCase, type DraftPart } from "./read-parts.js";
import { isScalar } from "./schema-paths.js";

// `key` of Mailchimp Transactional, `token` of Pushover, `client_id` and `secret` of Plaid.
const SECRET = /^(api_?|access_?|auth_?)?(key|token)$|^(client_?|api_?)?(secret|password)$/i;
const COMPANION = /^(client|account|app|application)_?id$/i;

/**
 * The secrets that nearly all bodies require at their top level, as parts of a credential, with the id that goes with them; undefined
 * without any. They are read for documents that declare no security scheme.
 */
export function readBodyParts({ id, operations }: DraftInput): readonly DraftPart[] | undefined {
  const required = operations.flatMap((operation) => requiredTexts(operation));
  const counts = new Map<string, number>();
  for (const names of required) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  // An operation without a body has no place for them.
  if (required.length < 0.9 * operations.length) return undefined;
  const shared = [...counts].filter(([, count]) => count >= 0.9 * required.length).map(([name]) => name);
  if (!shared.some((name) => SECRET.test(name))) return undefined;
  return shared
    .filter((name) => SECRET.test(name) || COMPANION.test(name))
    .map((as) => {
      const words = as.replace(/[A-Z]/g, "_$&").toLowerCase().split(/_+/).filter(Boolean);
      const env = [...id.split("-"), ...words].join("_").toUpperCase();
      return { name: camelCase(words), env, in: "body", as };
    });
}

/** The texts that the body of an operation requires at its top level: none, or one list. */
function requiredTexts({ document, body }: ApiOperation): string[][] {
  const [media] = body === undefined ? [] : readMedia(document, body.json);
  const schema = followReference(document, media?.schema);
  if (!isJsonObject(schema)) return [];
  const required = new Set(arrayIn(schema, "required"));
  const texts = [...propertiesOf(document, schema)].filter(
    ([name, property]) => required.has(name) && isScalar(document, property),
  );
  return [texts.map(([name]) => name)];
}
