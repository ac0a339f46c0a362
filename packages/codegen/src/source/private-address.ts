import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

/** Resolves a host name to its addresses; to none if it has none. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

// The ranges that are not globally reachable, and multicast:
// https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry
const privateRanges = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const)
  privateRanges.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
  ["::", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 9],
  ["ff00::", 8],
] as const)
  privateRanges.addSubnet(network, prefix, "ipv6");

/** Whether an IP address belongs to this machine or a private network, or can stand for an address that does. */
export function isPrivateAddress(address: string): boolean {
  // Also finds IPv4 addresses written as IPv6: https://nodejs.org/api/net.html#blocklistcheckaddress-type
  return privateRanges.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** Whether the host of a URL, a name or an address, is or resolves to a private address. */
export async function hasPrivateAddress(url: URL, resolve: ResolveHost = resolveHost): Promise<boolean> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0) return isPrivateAddress(host);
  return (await resolve(host)).some(isPrivateAddress);
}

// A name without addresses is left to the request: behind a proxy, only the proxy may know it.
async function resolveHost(host: string): Promise<string[]> {
  const addresses = await lookup(host, { all: true }).catch(() => []);
  return addresses.map(({ address }) => address);
}
