import { platformDigests } from "../crypto/platform-digests.js";
import { hmacKeyOf } from "../crypto/secret-keys.js";
import type { Handshake, HandshakeSigner } from "../scheme/webhook-scheme.js";
import { readText } from "./body-fields.js";
import { isMet } from "./signed-handshake.js";

/** `respond` of a handshake of the kind `hmac`, of a scheme whose algorithm is HMAC. */
export function hmacHandshake(
  handshake: Handshake,
  payload: unknown,
  { scheme, secret }: HandshakeSigner,
): Promise<Response> | undefined {
  const { algorithm, signature } = scheme;
  if (handshake.kind !== "hmac" || algorithm.kind !== "hmac" || !isMet(handshake.when, payload)) return undefined;
  const [plain, hashed] = handshake.fields;
  const text = readText(payload, handshake.path) ?? "";
  const hmac = platformDigests().hmac(hmacKeyOf(scheme, algorithm, secret), [text], signature.encoding);
  return Promise.resolve(hmac).then((value) => Response.json({ [plain]: text, [hashed]: value }));
}
