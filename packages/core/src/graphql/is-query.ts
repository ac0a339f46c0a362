/**
 * Whether a document only reads: it begins as a query does, and nowhere holds a word that could begin another kind of
 * operation (GraphQL, October 2021, 2.3). One that names a field so is taken for a write, which costs it the retry alone.
 */
export function isQuery(document: string): boolean {
  return /^[\s,\uFEFF]*(#|\{|(query|fragment)\b)/.test(document) && !/\b(mutation|subscription)\b/.test(document);
}
