import type { DeliveryOptions } from "../scheme/delivery.js";

const rawUrls = new WeakMap<Request, string>();

/** Remembers the URL of a request as it was received. `Request` normalizes its URL, and providers sign the original. */
export function setRawUrl(request: Request, url: string): void {
  rawUrls.set(request, url);
}

/** The URL of a request as it was received where that is known, and otherwise as `Request` has it. */
export function rawUrlOf(request: Request): string {
  return rawUrls.get(request) ?? request.url;
}

/** The URL as the provider called it. */
export function toPublicUrl(url: string, publicUrl: DeliveryOptions["publicUrl"]): string {
  if (publicUrl === undefined) return url;
  if (typeof publicUrl === "function") return publicUrl(url);
  const pathAndQuery = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(.*)$/is.exec(url)?.[1] ?? "";
  const queryStart = pathAndQuery.indexOf("?");
  const path = queryStart < 0 ? pathAndQuery : pathAndQuery.slice(0, queryStart);
  const query = queryStart < 0 ? "" : pathAndQuery.slice(queryStart);
  const hasPath = /^[a-z][a-z0-9+.-]*:\/\/[^/]*\/./is.test(publicUrl);
  return (hasPath ? publicUrl : publicUrl.replace(/\/$/, "") + path) + query;
}
