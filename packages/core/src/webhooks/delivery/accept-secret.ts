import type { JsonPath } from "../../platform/json-path.js";
import { type Delivery, rejection } from "../scheme/delivery.js";
import type { RespondToUnsigned, WebhookScheme } from "../scheme/webhook-scheme.js";
import { readText } from "./body-fields.js";
import { bodyText } from "./parse-body.js";

// Anyone can send such a request. That of Notion has some hundred bytes.
const maxBytes = 1_024;

/** The secret in a body: only of a small one that is JSON, in a request without a signature. */
function bodySecret({ signature }: WebhookScheme, delivery: Delivery, path: JsonPath): string | undefined {
  if (signature.in === "header" && delivery.header(signature.header) !== undefined) return undefined;
  if (delivery.content.length > maxBytes) return undefined;
  try {
    return readText(JSON.parse(bodyText(delivery)), path);
  } catch {
    return undefined;
  }
}

/**
 * `respondUnsigned` of the handshakes with a secret: passes it to `onSecret`, prints what is left to do by hand, and responds as the provider
 * expects. The secret itself is not printed.
 *
 * It rejects with a WebhookVerificationError `header-missing` without `onSecret`, because the request is not signed, and with what
 * `onSecret` throws.
 */
export const acceptSecret: RespondToUnsigned = (handshake, delivery, { scheme, onSecret }) => {
  const { kind } = handshake;
  if (kind !== "secret" && kind !== "body-secret") return undefined;
  const secret = kind === "secret" ? delivery.header(handshake.header) : bodySecret(scheme, delivery, handshake.path);
  if (!secret) return undefined;
  const respond = async () => {
    if (onSecret === undefined) {
      const next = kind === "secret" ? "" : ` Then ${handshake.next}.`;
      const message = `the request is not signed, and contains the secret of later deliveries: pass \`onSecret\` to store it.${next}`;
      throw rejection(scheme, "header-missing", message);
    }
    await onSecret(secret, delivery);
    if (kind === "secret") return new Response(null, { status: 200, headers: { [handshake.header]: secret } });
    console.info(`Connectry: \`onSecret\` has received the secret of ${scheme.name}. Now ${handshake.next}.`);
    return new Response(null, { status: 200 });
  };
  return respond();
};
