import { ConfigurationError } from "../errors/connectry-error.js";

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;
// A single label, such as the name of a container; names that are not in the public DNS (RFC 6761, RFC 6762, ICANN's `.internal`);
// private and link-local addresses (RFC 1918, RFC 3927, RFC 4193, RFC 4291).
const internal =
  /^([^.:]+|.+\.(internal|local|localhost|test)|(10|172\.(1[6-9]|2\d|3[01])|192\.168|169\.254)(\.\d+){2,3}|\[f([cd]|e[89ab]).*)$/;

/** What a base URL is checked against. */
export interface BaseUrlRules {
  /** What messages begin with. */
  readonly where: string;
  /** Whether http may lead to internal hosts, not to loopback alone. */
  readonly allowHttp?: boolean | undefined;
}

/** A checked base URL without a trailing slash. Throws ConfigurationError unless it is https, or http to a host that may have it. */
export function checkBaseUrl(text: string, { where, allowHttp }: BaseUrlRules): string {
  if (URL.canParse(text)) {
    const { href, origin, pathname, protocol, hostname } = new URL(text);
    const isHttp = protocol === "http:" && (loopback.test(hostname) || (allowHttp && internal.test(hostname)));
    // The comparison excludes a user name, a query and a fragment.
    if ((isHttp || protocol === "https:") && href === origin + pathname) return href.replace(/\/+$/, "");
  }
  throw new ConfigurationError(
    `${where}: baseUrl must be an https URL (http on loopback; with \`allowHttp\`, on internal hosts) without user name, query or fragment.`,
  );
}
