import { ConfigurationError } from "../errors/configuration-error.js";

const safeOrigin = /^(https:|http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:|$))/;

/** A checked base URL without a trailing slash. Throws ConfigurationError unless it is https, or http on loopback. */
export function checkBaseUrl(text: string, where: string): string {
  if (URL.canParse(text)) {
    const { href, origin, pathname } = new URL(text);
    // A user name, query or fragment would stand around these two.
    if (safeOrigin.test(origin) && href === origin + pathname) return href.replace(/\/+$/, "");
  }
  throw new ConfigurationError(`${where}: baseUrl must be an https URL of origin and path alone (on loopback: http).`);
}
