import { ConfigurationError } from "../errors/connectry-error.js";

const safeOrigin = /^(https:|http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:|$))/;

/** A checked base URL without a trailing slash. Throws ConfigurationError unless it is https, or http on loopback. */
export function checkBaseUrl(text: string, where: string): string {
  if (URL.canParse(text)) {
    const { href, origin, pathname } = new URL(text);
    // The comparison excludes a user name, a query and a fragment.
    if (safeOrigin.test(origin) && href === origin + pathname) return href.replace(/\/+$/, "");
  }
  throw new ConfigurationError(
    `${where}: baseUrl must be an https URL (http on loopback) without user name, query or fragment.`,
  );
}
