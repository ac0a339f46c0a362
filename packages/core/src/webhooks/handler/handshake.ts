import type { Delivery } from "../scheme/delivery.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

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

/** The response to an unsigned handshake without a secret. Undefined where the delivery is not one. */
export function respondToUnsigned({ handshakes = [] }: WebhookScheme, delivery: Delivery): Response | undefined {
  for (const one of handshakes) {
    const response = "respondUnsigned" in one ? one.respondUnsigned(one, delivery) : undefined;
    if (response !== undefined) return response;
  }
  return undefined;
}

/** The secret in an unsigned handshake, and the header that has it. */
export interface OfferedSecret {
  readonly header: string;
  readonly secret: string;
}

/** The secret that an unsigned handshake offers. Undefined where the delivery is not one. */
export function offeredSecret({ handshakes = [] }: WebhookScheme, delivery: Delivery): OfferedSecret | undefined {
  for (const one of handshakes) {
    const secret = one.kind === "secret" ? delivery.header(one.header) : undefined;
    if (one.kind === "secret" && secret) return { header: one.header, secret };
  }
  return undefined;
}
