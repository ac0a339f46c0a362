import { readPath } from "../../platform/json-path.js";
import { readText } from "../delivery/body-fields.js";
import type { Delivery } from "../scheme/delivery.js";
import type { HandshakeCondition, WebhookScheme } from "../scheme/webhook-scheme.js";

function isMet({ path, equals, has }: HandshakeCondition, payload: unknown): boolean {
  return readPath(payload, path) === equals && (has === undefined || readPath(payload, has) !== undefined);
}

/** The response to a signed handshake. Undefined where the delivery is not one. */
export function respondToHandshake(scheme: WebhookScheme, payload: unknown): Response | undefined {
  for (const handshake of scheme.handshakes ?? []) {
    if (handshake.kind === "secret" || !isMet(handshake.when, payload)) continue;
    if (handshake.kind === "echo") {
      return Response.json({ [handshake.field]: readText(payload, [handshake.field]) ?? "" });
    }
    const { status, body } = handshake;
    return body === undefined ? new Response(null, { status }) : Response.json(body, { status });
  }
  return undefined;
}

/** The secret in an unsigned handshake, and the response that accepts it. */
export interface OfferedSecret {
  readonly secret: string;
  readonly accept: () => Response;
}

/** The secret that an unsigned handshake offers. Undefined where the delivery is not one. */
export function offeredSecret(scheme: WebhookScheme, delivery: Pick<Delivery, "header">): OfferedSecret | undefined {
  for (const handshake of scheme.handshakes ?? []) {
    if (handshake.kind !== "secret") continue;
    const { header } = handshake;
    const secret = delivery.header(header);
    if (secret) return { secret, accept: () => new Response(null, { status: 200, headers: { [header]: secret } }) };
  }
  return undefined;
}
