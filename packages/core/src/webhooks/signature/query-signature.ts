import { type Delivery, rejection } from "../scheme/delivery.js";
import type { SignedItem, WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * `signature.read` of schemes whose signature is in a parameter of the query. The parameter is not part of what is signed,
 * so such a scheme cannot sign its whole URL.
 * @throws WebhookVerificationError `malformed` where the parameter is missing, or there twice.
 */
export function querySignature(
  scheme: WebhookScheme,
  { url }: Delivery,
  [name = ""]: readonly (string | number)[],
): readonly SignedItem[] {
  const [, query = ""] = /\?([^#]*)/.exec(url) ?? [];
  const signatures = new URLSearchParams(query).getAll(String(name));
  if (signatures.length === 1) return [{ event: undefined, signatures }];
  throw rejection(scheme, "malformed", `the query does not contain one parameter ${name}, which has the signature.`);
}
