import type { LoadedDocument } from "../document/loaded-document.js";
import { arrayIn, isJsonObject, type JsonObject, objectIn } from "./document/json.js";
import { followReference } from "./document/reference.js";
import { requiresMember } from "./facts/body-presence.js";
import type { GeneratorProfile } from "./profile/generator-profile.js";

type Mutable = Record<string, unknown>;

/**
 * Documents whose request bodies do not require the fields that the client itself sends: those of the credential, and the idempotency
 * key. They remain in the types, because a caller may write them. A body that requires nothing else than the credential is optional.
 */
export function withoutClientFields(
  documents: readonly LoadedDocument[],
  { auth, idempotency }: GeneratorProfile,
): readonly LoadedDocument[] {
  const credential = auth.parts.filter(({ place }) => place === "body").map(({ name }) => name);
  const fields = [...credential, ...(idempotency?.field === undefined ? [] : [idempotency.field])];
  if (fields.length === 0) return documents;
  return documents.map((published) => {
    const document = { ...published, json: structuredClone(published.json) as JsonObject };
    for (const body of requestBodies(document)) {
      const schemas = Object.values(objectIn(body, "content")).map((media) => objectIn(media, "schema"));
      const released = schemas
        .flatMap((schema) => composedOf(document, schema))
        .flatMap((schema) => release(schema as Mutable, fields));
      const isOnlyCredential = released.some((name) => credential.includes(name));
      if (isOnlyCredential && !schemas.some((schema) => requiresMember(document, schema))) delete body.required;
    }
    return document;
  });
}

function requestBodies(document: LoadedDocument): Mutable[] {
  const items = Object.values(objectIn(document.json, "paths")).map((item) => followReference(document, item));
  const operations = items.flatMap((item) => (isJsonObject(item) ? Object.values(item) : []));
  return operations.flatMap((operation) => {
    const body = isJsonObject(operation) ? followReference(document, operation.requestBody) : undefined;
    return isJsonObject(body) ? [body as Mutable] : [];
  });
}

/** A schema, its parts and its alternatives. A composition may refer to itself. */
function composedOf(document: LoadedDocument, source: unknown): readonly JsonObject[] {
  const found = new Set<JsonObject>();
  const open = [source];
  for (const one of open) {
    const schema = followReference(document, one);
    if (!isJsonObject(schema) || found.has(schema)) continue;
    found.add(schema);
    open.push(...["allOf", "anyOf", "oneOf"].flatMap((keyword) => arrayIn(schema, keyword)));
  }
  return [...found];
}

/** Removes the fields from what a schema requires. Returns those that were required. */
function release(schema: Mutable, fields: readonly string[]): readonly string[] {
  const required = arrayIn(schema, "required");
  const own = fields.filter((name) => required.includes(name));
  if (own.length === 0) return own;
  const others = required.filter((name) => !own.includes(String(name)));
  if (others.length > 0) schema.required = others;
  else delete schema.required;
  return own;
}
