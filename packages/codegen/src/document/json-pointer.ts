/**
 * Formats property names and indices as a JSON Pointer in a URI fragment (RFC 6901, section 6):
 * `#/paths/~1v1~1charges/get`.
 */
export function formatPointer(path: readonly (string | number)[]): string {
  return `#${path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")}`;
}

/** Parses a JSON Pointer in a URI fragment into its parts; undefined if the text is not such a pointer. */
export function parsePointer(fragment: string): string[] | undefined {
  if (fragment === "#") return [];
  if (!fragment.startsWith("#/")) return undefined;
  return fragment
    .slice(2)
    .split("/")
    .map((part) => decodePercent(part).replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Real documents contain a `%` that encodes nothing; it is kept as it is. */
function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
