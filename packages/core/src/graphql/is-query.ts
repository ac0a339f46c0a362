/**
 * Whether a document only reads: it begins like a query, and does not contain a word that begins another kind of operation
 * (GraphQL, October 2021, section 2.3). A query with a field of such a name is treated as a write, which only costs it retries.
 */
export function isQuery(document: string): boolean {
  return /^[\s,\uFEFF]*(#|\{|(query|fragment)\b)/.test(document) && !/\b(mutation|subscription)\b/.test(document);
}
