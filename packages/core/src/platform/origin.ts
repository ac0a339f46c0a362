/** Where requests go, and the provider's own address of it: the two differ where the user replaced the provider's address. */
export interface Addresses {
  /** Origin and base path, without a trailing slash. */
  readonly baseUrl: string;
  readonly providerUrl: string;
}

/** Whether an address is on the origin of another. One with a user name or a password is not. */
export function isWithin({ origin }: URL, address: URL): boolean {
  return address.origin === origin && !address.username && !address.password;
}

/**
 * The address at which the replacement has an address of the provider; any other address is returned as it is. A replacement on
 * the provider's own origin has nothing but the addresses below it.
 */
export function toReplacement({ baseUrl, providerUrl }: Addresses, address: URL): URL {
  const { href, origin } = address;
  const own = new URL(baseUrl);
  if (isWithin(own, address) || !isWithin(new URL(providerUrl), address)) return address;
  const isBelow = href.startsWith(`${providerUrl}/`);
  return new URL(isBelow ? baseUrl + href.slice(providerUrl.length) : own.origin + href.slice(origin.length));
}

/**
 * Resolves a link of a response from `from`; undefined where it is not a URL. The provider knows its own addresses only, so that
 * a link to one of them, relative or absolute, leads to the replacement.
 */
export function resolveLink(addresses: Addresses, link: string, from: string): URL | undefined {
  const { baseUrl, providerUrl } = addresses;
  const isElsewhere = new URL(baseUrl).origin !== new URL(providerUrl).origin;
  const known = isElsewhere && from.startsWith(`${baseUrl}/`) ? providerUrl + from.slice(baseUrl.length) : from;
  return URL.canParse(link, known) ? toReplacement(addresses, new URL(link, known)) : undefined;
}
