import { ResponseParseError } from "../errors/response-parse-error.js";
import type { Operation } from "../pipeline/call.js";

/**
 * The address of a next page, resolved against the one before. Throws ResponseParseError where it leads to another
 * origin: the credential goes with it, so it never leaves.
 */
export function resolveSameOrigin(operation: Operation, link: string, from: string): string {
  const url = URL.canParse(link, from) ? new URL(link, from) : undefined;
  const { origin } = new URL(operation.baseUrl);
  if (url !== undefined && url.origin === origin && url.username === "" && url.password === "") return url.href;
  const where = url === undefined ? "is no URL" : `leads to ${url.origin}, not ${origin}`;
  throw new ResponseParseError(`${operation.id}: the link to the next page ${where}. It was not followed.`, {
    operation: operation.id,
  });
}
