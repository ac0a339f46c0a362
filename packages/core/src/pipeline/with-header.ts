import { ConfigurationError } from "../errors/connectry-error.js";
import type { Call } from "./call.js";

/** What a header can carry on every transport (RFC 9110, section 5.5), and a character that is not trimmed. */
export const headerText = /^[\t ]*[!-~\x80-\xff][\t -~\x80-\xff]*$/;

// RFC 9110, section 5.1.
const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const outerSpace = /^[\t ]+|[\t ]+$/g;

/**
 * A header as it is sent: its name in lower case, and its value without the space around it. Throws ConfigurationError for one that
 * cannot be sent: an error of the platform would show its value.
 */
export function toHeader(name: string, value: string): readonly [name: string, value: string] {
  const lower = name.toLowerCase();
  // An empty value can be sent.
  if (headerName.test(lower) && headerText.test(`:${value}`)) return [lower, `${value}`.replace(outerSpace, "")];
  throw new ConfigurationError(`Header \`${name}\` must be one line of Latin-1 text.`);
}

/** A copy of the call with a header that `toHeader` has checked. */
export function putHeader(call: Call, [name, value]: readonly [name: string, value: string]): Call {
  return { ...call, headers: { ...call.headers, [name]: value } };
}

/** A copy of the call with one header set. Throws ConfigurationError for one that cannot be sent. */
export function withHeader(call: Call, name: string, value: string): Call {
  return putHeader(call, toHeader(name, value));
}
