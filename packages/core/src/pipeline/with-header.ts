import { ConfigurationError } from "../errors/connectry-error.js";
import type { Call } from "./call.js";

/** What a header can carry on every transport (RFC 9110, section 5.5), and a character that is not trimmed. */
export const headerText = /^[\t ]*[!-~\x80-\xff][\t -~\x80-\xff]*$/;

/** Sets one header. Throws ConfigurationError for one that cannot be sent: an error of the platform would show its value. */
export function setHeader(headers: Headers, name: string, value: string): void {
  try {
    // An empty value can be sent.
    if (headerText.test(`:${value}`)) {
      headers.set(name, value);
      return;
    }
  } catch {
    // The name is not one.
  }
  throw new ConfigurationError(`Header \`${name}\` must be one line of Latin-1 text.`);
}

/** A copy of the call with one header set. Throws ConfigurationError for one that cannot be sent. */
export function withHeader(call: Call, name: string, value: string): Call {
  const headers = new Headers(call.headers);
  setHeader(headers, name, value);
  return { ...call, headers };
}
