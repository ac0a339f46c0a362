import type { Delivery } from "../scheme/delivery.js";
import type { UnsignedReceiver, WebhookScheme } from "../scheme/webhook-scheme.js";

/** The response to a signed handshake. Undefined where the delivery is not one. */
export function respondToHandshake(
  scheme: WebhookScheme,
  payload: unknown,
  secret: string,
): Response | Promise<Response> | undefined {
  for (const one of scheme.handshakes ?? []) {
    const response = "respond" in one ? one.respond(one, payload, { scheme, secret }) : undefined;
    if (response !== undefined) return response;
  }
  return undefined;
}

/** The response to an unsigned handshake. Undefined where the delivery is not one. */
export function respondToUnsigned(
  delivery: Delivery,
  receiver: UnsignedReceiver,
): Response | Promise<Response> | undefined {
  for (const one of receiver.scheme.handshakes ?? []) {
    const response = "respondUnsigned" in one ? one.respondUnsigned(one, delivery, receiver) : undefined;
    if (response !== undefined) return response;
  }
  return undefined;
}
