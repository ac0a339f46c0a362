/** Whether an address stays on the origin of another: a user name or password in it leads elsewhere. */
export function isWithin({ origin }: URL, address: URL): boolean {
  return address.origin === origin && !address.username && !address.password;
}

/** An address, relative to `from`, where it stays on the origin of `base`; undefined where it does not, or is no URL. */
export function resolveWithin(base: string, address: string, from = base): URL | undefined {
  if (!URL.canParse(address, from)) return undefined;
  const url = new URL(address, from);
  return isWithin(new URL(base), url) ? url : undefined;
}
