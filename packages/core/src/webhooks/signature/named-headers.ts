import { hasMore } from "../delivery/has-more.js";
import { headerValues } from "../delivery/header-values.js";
import { rejection } from "../scheme/delivery.js";
import type { HeaderValue } from "../scheme/locations.js";
import type { ComputePart } from "../scheme/webhook-scheme.js";

// Anyone can send a list of names, and each one is looked up.
const maxNames = 32;

/**
 * `compute` of schemes that sign the values of the headers whose names a header lists, separated by spaces. `list` is where, and has to be
 * signed as well; `join` is between two values. Hook0.
 *
 * It throws a WebhookVerificationError: `header-missing` where the list or one of the headers is missing, `malformed` where there are more
 * than 32.
 */
export function namedHeaders(list: HeaderValue, join: string): ComputePart {
  return (scheme, delivery) => {
    const [text] = headerValues(delivery.header(list.header) ?? "", list);
    if (text === undefined) {
      throw rejection(scheme, "header-missing", `the header ${list.header} does not list the headers that are signed.`);
    }
    if (hasMore(text, " ", maxNames - 1)) {
      throw rejection(scheme, "malformed", `the header ${list.header} lists more than ${maxNames} headers.`);
    }
    const names = text.split(" ").filter((name) => name !== "");
    const values = names.map((name) => delivery.header(name.toLowerCase()));
    if (!values.includes(undefined)) return values.join(join);
    throw rejection(
      scheme,
      "header-missing",
      "a header that is signed is missing. Check that no proxy removes headers.",
    );
  };
}
