/** How the data of a body is given to callers: parsed JSON, a string, or bytes. */
export type BodyKind = "json" | "text" | "bytes";

/** The kind of a body by its media type. A body without one is taken for JSON. */
export function bodyKind(contentType: string | null): BodyKind {
  if (contentType === null || /^[^;]*[/+]json\s*(;|$)/i.test(contentType)) return "json";
  return /^text\//i.test(contentType) ? "text" : "bytes";
}

/** Whether the media type of a text names UTF-8, or no charset. */
export function isUtf8(contentType: string | null): boolean {
  return !/;\s*charset="?(?!utf-?8\b)/i.test(contentType ?? "");
}

/**
 * The text of a body, by the charset of its media type: UTF-8 where it names none, or one that the platform does not know
 * (labels: https://encoding.spec.whatwg.org/#names-and-labels).
 */
export function decodeText(bytes: Uint8Array, contentType: string | null): string {
  const [, charset] = /;\s*charset="?([^\s";]+)/i.exec(contentType ?? "") ?? [];
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
