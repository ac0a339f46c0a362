import { buildClientSchema, buildSchema, type GraphQLSchema, type IntrospectionQuery } from "graphql";
import { decodeDocument } from "../document/decode-document.js";
import { CodegenError } from "../errors/codegen-error.js";
import { parseJson } from "../text/parse-json.js";

/** The result of an introspection query, as most tools store it: with or without the member `data` of the response. */
type StoredIntrospection = IntrospectionQuery | { readonly data: IntrospectionQuery };

/**
 * Reads a schema: its definition language, or the result of an introspection query, which may be gzipped.
 * @throws CodegenError if it is neither.
 */
export async function loadSchema(bytes: Uint8Array, name: string): Promise<GraphQLSchema> {
  const text = await decodeDocument(bytes, name);
  const isJson = /^\s*\{/.test(text);
  const stored = isJson ? (parseJson(text, name) as StoredIntrospection) : undefined;
  try {
    // Its validity is the provider's business; only what the documents use matters.
    const options = { assumeValid: true };
    if (stored === undefined) return buildSchema(text, options);
    return buildClientSchema("data" in stored ? stored.data : stored, options);
  } catch (cause) {
    throw new CodegenError(`${name} is not a GraphQL schema: ${(cause as Error).message}`, [], { cause });
  }
}
