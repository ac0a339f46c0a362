/** Property names and indices as a JSON Pointer in a URI fragment (RFC 6901, section 6): `#/paths/~1v1~1charges/get`. */
export function formatPointer(path: readonly (string | number)[]): string {
  return `#${path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")}`;
}

/** The parts of a pointer in a URI fragment; undefined where the text is none. */
export function parsePointer(fragment: string): string[] | undefined {
  if (fragment === "#") return [];
  if (!fragment.startsWith("#/")) return undefined;
  return fragment
    .slice(2)
    .split("/")
    .map((part) => decodePercent(part).replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Documents in the wild write a `%` that encodes nothing: it stands for itself. */
function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
