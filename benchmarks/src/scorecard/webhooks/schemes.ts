import { createHmac } from "node:crypto";

/** A delivery as an endpoint receives it. */
export interface Delivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is signed, and with what. */
export interface SignInit {
  readonly body: string;
  readonly secret: string;
  /** Seconds since the epoch. */
  readonly atS: number;
}

/** How a provider signs, written from its page by node:crypto alone. */
export interface WebhookScheme {
  readonly id: "stripe" | "standard" | "svix" | "github";
  readonly secret: string;
  readonly otherSecret: string;
  /** The header with the signature, and what separates two of them there; undefined where there is one only. */
  readonly signature: { readonly header: string; readonly separator: string | undefined };
  readonly signsTime: boolean;
  sign(init: SignInit): Record<string, string>;
}

const base64Secret = (byte: number) => `whsec_${Buffer.alloc(24, byte).toString("base64")}`;
const keyOf = (secret: string) => Buffer.from(secret.slice("whsec_".length), "base64");

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme */
const standard = (id: "standard" | "svix", prefix: string): WebhookScheme => ({
  id,
  secret: base64Secret(7),
  otherSecret: base64Secret(9),
  signature: { header: `${prefix}-signature`, separator: " " },
  signsTime: true,
  sign: ({ body, secret, atS }) => ({
    [`${prefix}-id`]: "msg_1",
    [`${prefix}-timestamp`]: String(atS),
    [`${prefix}-signature`]: `v1,${createHmac("sha256", keyOf(secret)).update(`msg_1.${atS}.${body}`).digest("base64")}`,
  }),
});

/** The schemes of the scorecard. */
export const schemes: readonly WebhookScheme[] = [
  {
    // https://docs.stripe.com/webhooks#verify-manually
    id: "stripe",
    secret: "whsec_Zq8vX3mN7pR2tLw5",
    otherSecret: "whsec_another",
    signature: { header: "stripe-signature", separator: "," },
    signsTime: true,
    sign: ({ body, secret, atS }) => ({
      "stripe-signature": `t=${atS},v1=${createHmac("sha256", secret).update(`${atS}.${body}`).digest("hex")}`,
    }),
  },
  standard("standard", "webhook"),
  // https://docs.svix.com/receiving/verifying-payloads/how-manual
  standard("svix", "svix"),
  {
    // https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
    id: "github",
    secret: "Zq8vX3mN7pR2tLw5",
    otherSecret: "another",
    signature: { header: "x-hub-signature-256", separator: undefined },
    signsTime: false,
    sign: ({ body, secret }) => ({
      "x-github-event": "issues",
      "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    }),
  },
];
