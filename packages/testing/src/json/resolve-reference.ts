import { isObject, type JsonObject } from "./json-object.js";

// More references than any document chains, so that a longer chain is circular.
const maxReferences = 32;

function decodeToken(token: string): string {
  const text = token.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The value that a `$ref` of a document points to. Throws an Error that names a reference without a target. */
export function resolvePointer(document: JsonObject, reference: string): unknown {
  if (!reference.startsWith("#")) {
    throw new Error(`reference ${reference} is outside of the document: bundle both into one document first`);
  }
  let value: unknown = document;
  for (const token of reference.slice(1).split("/").slice(1).map(decodeToken)) {
    const member =
      typeof value === "object" && value !== null && Object.hasOwn(value, token)
        ? value[token as keyof typeof value]
        : undefined;
    if (member === undefined) throw new Error(`reference ${reference} is not in the document (at "${token}")`);
    value = member;
  }
  return value;
}

/** An object of a document, such as a parameter or a response, with its references resolved. */
export function resolveReference(document: JsonObject, value: unknown): JsonObject {
  let resolved = value;
  for (let count = 0; isObject(resolved) && typeof resolved.$ref === "string"; count += 1) {
    if (count === maxReferences) throw new Error(`reference ${resolved.$ref} of the document is circular`);
    resolved = resolvePointer(document, resolved.$ref);
  }
  return isObject(resolved) ? resolved : {};
}

/** The reference to an object of a document: `#/components/schemas/Order`. */
export function pointerTo(document: JsonObject, target: object): string {
  const stack: (readonly [value: object, pointer: string])[] = [[document, "#"]];
  const seen = new Set<object>();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [value, pointer] = next;
    if (value === target) return pointer;
    if (seen.has(value)) continue;
    seen.add(value);
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner !== "object" || inner === null) continue;
      stack.push([inner, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`]);
    }
  }
  return "a schema";
}
