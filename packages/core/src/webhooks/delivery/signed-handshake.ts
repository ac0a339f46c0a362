import { readPath } from "../../platform/json-path.js";
import type { HandshakeCondition } from "../scheme/locations.js";
import type { Handshake } from "../scheme/webhook-scheme.js";
import { readText } from "./body-fields.js";

/** Whether a body is the handshake of this condition. */
export function isMet({ path, equals, has }: HandshakeCondition, payload: unknown): boolean {
  return readPath(payload, path) === equals && (has === undefined || readPath(payload, has) !== undefined);
}

/** `respond` of the handshakes of a scheme that are signed. */
export function signedHandshake(handshake: Handshake, payload: unknown): Response | undefined {
  if (
    !("when" in handshake) ||
    !isMet(handshake.when, payload) ||
    handshake.kind === "hmac" ||
    handshake.kind === "fetch"
  ) {
    return undefined;
  }
  if (handshake.kind === "echo") {
    return Response.json({ [handshake.field]: readText(payload, [handshake.field]) ?? "" });
  }
  const { status, body } = handshake;
  return body === undefined ? new Response(null, { status }) : Response.json(body, { status });
}
