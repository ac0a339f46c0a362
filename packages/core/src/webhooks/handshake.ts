import { readPath } from "../connector/read-path.js";
import type { Delivery } from "./delivery.js";
import { readText } from "./read-text.js";
import type { BodyCondition, WebhookScheme } from "./scheme.js";

function holds({ path, equals, has }: BodyCondition, payload: unknown): boolean {
  return readPath(payload, path) === equals && (has === undefined || readPath(payload, has) !== undefined);
}

/** The answer to a signed test of the endpoint; undefined where the delivery is none. */
export function answerHandshake(scheme: WebhookScheme, payload: unknown): Response | undefined {
  for (const handshake of scheme.handshakes ?? []) {
    if (handshake.kind === "secret" || !holds(handshake.when, payload)) continue;
    if (handshake.kind === "echo") {
      return Response.json({ [handshake.field]: readText(payload, [handshake.field]) ?? "" });
    }
    const { status, body } = handshake;
    return body === undefined ? new Response(null, { status }) : Response.json(body, { status });
  }
  return undefined;
}

/** The secret that an unsigned first request hands over, and the answer that takes it. */
export interface OfferedSecret {
  readonly secret: string;
  readonly accept: () => Response;
}

/** What a first request offers; undefined where the delivery is none. */
export function offeredSecret(scheme: WebhookScheme, delivery: Pick<Delivery, "header">): OfferedSecret | undefined {
  for (const handshake of scheme.handshakes ?? []) {
    if (handshake.kind !== "secret") continue;
    const { header } = handshake;
    const secret = delivery.header(header);
    if (secret) return { secret, accept: () => new Response(null, { status: 200, headers: { [header]: secret } }) };
  }
  return undefined;
}
