/** How the data of a body is given to callers: parsed JSON, a string, or bytes. */
export type BodyKind = "json" | "text" | "bytes";

/** The kind of a body by its media type. A body without one is taken for JSON. */
export function bodyKind(contentType: string | null): BodyKind {
  if (contentType === null || /^[^;]*[/+]json\s*(;|$)/i.test(contentType)) return "json";
  return /^text\//i.test(contentType) ? "text" : "bytes";
}
