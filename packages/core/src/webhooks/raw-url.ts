const rawUrls = new WeakMap<Request, string>();

/** Remembers the address of a request letter by letter, which `Request` writes anew. */
export function keepRawUrl(request: Request, url: string): void {
  rawUrls.set(request, url);
}

/** The address of a request as it came, as far as that is known. */
export function rawUrlOf(request: Request): string {
  return rawUrls.get(request) ?? request.url;
}
