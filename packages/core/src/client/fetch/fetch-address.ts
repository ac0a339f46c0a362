import { ConfigurationError } from "../../errors/connectry-error.js";
import { type Addresses, isWithin, toReplacement } from "../../platform/origin.js";
import type { ProviderProfile } from "../../provider/profile.js";

/** Where a request of `toFetch` goes. */
export interface FetchAddress extends Addresses {
  readonly url: URL;
  /** Its path below the base URL: what the templates of the document begin with. */
  readonly path: string;
  /** Whether it belongs to the API itself, rather than to another origin of the provider. */
  readonly isApi: boolean;
}

/** The path of an address below a base URL; undefined where it is not below it. */
function pathBelow(base: URL, { pathname }: URL): string | undefined {
  const start = base.pathname.replace(/\/$/, "");
  return pathname.startsWith(`${start}/`) ? pathname.slice(start.length) : undefined;
}

/**
 * Creates the function that resolves addresses: relative ones below the base URL, others on the origin of the base URL and on
 * the provider's own. Where the user replaced the base URL, addresses of the provider lead to the replacement, as every
 * operation does. It throws ConfigurationError for any other address, because a request carries the credential.
 */
export function createAddressResolver(
  { baseUrl, providerUrl }: Addresses,
  { origins: others = [] }: ProviderProfile,
): (address: string) => FetchAddress {
  const own = new URL(baseUrl);
  const ofProvider = [providerUrl, ...others].map((text) => new URL(text));
  const bases = [own, ...ofProvider];
  const isReplaced = baseUrl !== providerUrl;

  return (address) => {
    const target = URL.canParse(address, `${baseUrl}/`) ? new URL(address, `${baseUrl}/`) : undefined;
    const base = target && bases.find((one) => isWithin(one, target));
    if (!target || !base) {
      const origins = new Set((isReplaced ? [own] : bases).map(({ origin }) => origin));
      throw new ConfigurationError(
        `toFetch: the address must be on the origin ${[...origins].join(" or ")}, because the request carries the credential.`,
      );
    }
    target.hash = "";
    const below = pathBelow(base, target);
    const start = (url: string) => (below ? url.replace(/\/$/, "") : new URL(url).origin);
    const addresses =
      base === own
        ? { baseUrl: start(baseUrl), providerUrl: start(providerUrl) }
        : { baseUrl: start(isReplaced ? baseUrl : base.href), providerUrl: start(base.href) };
    const isApi = base === own || base === ofProvider[0];
    return { ...addresses, url: toReplacement(addresses, target), path: below ?? target.pathname, isApi };
  };
}
