/** Whether an address is on the origin of another. One with a user name or a password is not. */
export function isWithin({ origin }: URL, address: URL): boolean {
  return address.origin === origin && !address.username && !address.password;
}

/** Resolves an address relative to `from`; undefined where it is not a URL, or not on the origin of `base`. */
export function resolveWithin(base: string, address: string, from = base): URL | undefined {
  if (!URL.canParse(address, from)) return undefined;
  const url = new URL(address, from);
  return isWithin(new URL(base), url) ? url : undefined;
}
