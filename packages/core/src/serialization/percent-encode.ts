/**
 * Percent-encodes all but the unreserved characters of RFC 3986, section 2.3. `encodeURIComponent` leaves five reserved ones as
 * they are.
 */
export function percentEncode(text: string): string {
  // Most values are ids.
  if (/^[\w.~-]*$/.test(text)) return text;
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) =>
    `%${character.charCodeAt(0).toString(16)}`.toUpperCase(),
  );
}
