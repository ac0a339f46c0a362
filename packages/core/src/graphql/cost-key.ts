import { hashText } from "../platform/hash-text.js";

/**
 * Names what costs the same number of points: a document, and the sizes of its lists, where they are variables. The cost of a
 * connection follows from its `first` or `last`: https://shopify.dev/docs/api/usage/limits#calculating-cost
 */
export function costKeyOf(text: string, variables: object | undefined): string {
  const values = variables as Readonly<Record<string, unknown>> | undefined;
  const sizes = [...text.matchAll(/\b(?:first|last)\s*:\s*\$(\w+)/g)].map(([, name = ""]) => values?.[name] ?? "");
  return hashText(`${sizes} ${text}`);
}
