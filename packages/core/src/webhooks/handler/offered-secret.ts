import { type Delivery, rejection } from "../scheme/delivery.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import type { WebhookHandlerOptions } from "./handler-options.js";

/** The secret in an unsigned handshake, which signs all later deliveries. */
export interface OfferedSecret {
  readonly secret: string;
  /** The header of the response that repeats it. Undefined where none does. */
  readonly header?: string;
  /** What is left to do by hand. Undefined where nothing is. */
  readonly next?: string;
}

/** The secret that an unsigned handshake offers. Undefined where the delivery is not one. */
export function offeredSecret(scheme: WebhookScheme, delivery: Delivery): OfferedSecret | undefined {
  for (const one of scheme.handshakes ?? []) {
    if (one.kind === "secret") {
      const secret = delivery.header(one.header);
      if (secret) return { secret, header: one.header };
    } else if (one.kind === "body-secret") {
      const secret = one.read(scheme, delivery, one.path);
      if (secret) return { secret, next: one.next };
    }
  }
  return undefined;
}

/**
 * Passes the secret to `onSecret`, prints what is left to do by hand, and responds as the provider expects. The secret itself is not
 * printed.
 * @throws WebhookVerificationError `header-missing` without `onSecret`: the request is not signed. What `onSecret` throws.
 */
export async function acceptSecret(
  scheme: WebhookScheme,
  { secret, header, next }: OfferedSecret,
  { onSecret, delivery }: Pick<WebhookHandlerOptions<unknown>, "onSecret"> & { readonly delivery: Delivery },
): Promise<Response> {
  if (onSecret === undefined) {
    const message = `the request is not signed, and contains the secret of later deliveries: pass \`onSecret\` to store it.`;
    throw rejection(scheme, "header-missing", next === undefined ? message : `${message} Then ${next}.`);
  }
  await onSecret(secret, delivery);
  if (next !== undefined)
    console.info(`Connectry: ${scheme.name} has sent its secret, which \`onSecret\` received. Now ${next}.`);
  return new Response(null, { status: 200, headers: header === undefined ? {} : { [header]: secret } });
}
