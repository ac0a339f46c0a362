import { isObject, type JsonObject } from "./json.js";

// More than any real chain, less than a circle.
const maxHops = 32;

function decode(token: string): string {
  const text = token.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What a `$ref` of a document points to. Throws an Error naming the reference where that is nothing. */
export function readPointer(document: JsonObject, reference: string): unknown {
  if (!reference.startsWith("#")) {
    throw new Error(`The document refers to ${reference}, which is outside of it. Bundle it into one document first.`);
  }
  let at: unknown = document;
  for (const token of reference.slice(1).split("/").slice(1).map(decode)) {
    const next =
      typeof at === "object" && at !== null && Object.hasOwn(at, token) ? at[token as keyof typeof at] : undefined;
    if (next === undefined) throw new Error(`The document refers to ${reference}, which is not in it (at "${token}").`);
    at = next;
  }
  return at;
}

/** An object of a document with its references followed: a parameter, a response, a request body. */
export function resolveReference(document: JsonObject, value: unknown): JsonObject {
  let at = value;
  for (let hops = 0; isObject(at) && typeof at.$ref === "string"; hops += 1) {
    if (hops === maxHops) throw new Error(`The document's reference ${at.$ref} goes round in a circle.`);
    at = readPointer(document, at.$ref);
  }
  return isObject(at) ? at : {};
}
