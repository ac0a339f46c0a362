/**
 * The name of an endpoint: the path of its URL. Forms of one path that frameworks route alike have the same name, because
 * nothing signs most of them, and a replay must not look like a delivery to another endpoint.
 */
export function endpointName(url: string): string {
  const [, path = ""] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(\/[^?#]*)/i.exec(url) ?? [];
  // Per character, since the whole may contain an escape that is not valid.
  const decoded = path.replace(/%[2-7][0-9a-f]/gi, (encoded) => decodeURIComponent(encoded));
  return decoded.toLowerCase().replace(/\/+/g, "/").replace(/\/$/, "");
}
