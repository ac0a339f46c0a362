// Vendors whose package verifies with a public key.
import { generateKeyPairSync, sign as nodeSign } from "node:crypto";
import https from "node:https";
import { Readable } from "node:stream";
import { awsSns, googlePubSub } from "@connectry/core/jose";
import * as schemes from "@connectry/core/webhooks";
import { EventWebhook } from "@sendgrid/eventwebhook";
import { verifyKey } from "discord-interactions";
import { OAuth2Client } from "google-auth-library";
import { generate } from "selfsigned";
import SnsValidator from "sns-validator";
import { nowS, signedIn, url, type Vendor } from "./vendor.ts";

const pem = { type: "pkcs8", format: "pem" } as const;

function ed25519(): { readonly secret: string; readonly signingSecret: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const hex = (text: string | undefined) => Buffer.from(text ?? "", "base64url").toString("hex");
  return {
    secret: hex(publicKey.export({ format: "jwk" }).x),
    signingSecret: hex(privateKey.export({ format: "jwk" }).d),
  };
}

function p256(): { readonly secret: string; readonly signingSecret: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    secret: publicKey.export({ type: "spki", format: "der" }).toString("base64"),
    signingSecret: privateKey.export(pem).toString(),
  };
}

function discord(name: string, scheme: schemes.WebhookScheme, body: (text: string) => unknown): Vendor {
  return {
    name: `discord-interactions, ${name}`,
    changes: signedIn("x-signature-ed25519"),
    scheme,
    ...ed25519(),
    otherSecret: ed25519().secret,
    body,
    verify: ({ headers, body: text }, key) =>
      verifyKey(text, headers["x-signature-ed25519"] ?? "", headers["x-signature-timestamp"] ?? "", key),
  };
}

const topic = "arn:aws:sns:us-east-1:123456789012:orders";
const certificateUrl =
  "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem";
const snsBody = (text: string) => ({
  Type: "Notification",
  MessageId: "1",
  TopicArn: topic,
  Subject: "a subject",
  Message: text,
  SignatureVersion: "2",
  SigningCertURL: certificateUrl,
});

async function sns(): Promise<Vendor> {
  const { private: privateKey, cert } = await generate([{ name: "commonName", value: "sns.amazonaws.com" }]);
  // It fetches the certificate by `https.get`, and keeps it for the process.
  const stub = (_: string, respond: (response: Readable) => void) => {
    respond(Object.assign(Readable.from([cert]), { statusCode: 200 }));
    return { on: () => {} };
  };
  Object.assign(https, { get: stub });
  return {
    name: "sns-validator",
    changes: [
      { body: "plain", by: "plaim" },
      { body: "a subject", by: "another" },
    ],
    scheme: awsSns({ fetch: (async () => new Response(cert)) as typeof fetch }),
    secret: topic,
    privateKey,
    // No other secret: it verifies the signature alone, and leaves the topic to the program.
    body: snsBody,
    verify: ({ body }) =>
      new Promise((resolve) => new SnsValidator().validate(body, (error: unknown) => resolve(error === null))),
  };
}

function google(): Vendor {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const jwk = { ...publicKey.export({ format: "jwk" }), kid: "g1", alg: "RS256", use: "sig" };
  const publicPem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const audience = "https://example.com/push";
  const issuers = ["https://accounts.google.com"];
  return {
    name: "google-auth-library",
    // The body is not signed.
    changes: [{ header: "authorization" }],
    scheme: googlePubSub({ audience, fetch: (async () => Response.json({ keys: [jwk] })) as typeof fetch }),
    secret: "pusher@example.iam.gserviceaccount.com",
    otherSecret: "another@example.iam.gserviceaccount.com",
    body: () => undefined,
    async verify({ headers }, secret) {
      const token = (headers["authorization"] ?? "").slice("Bearer ".length);
      const client = new OAuth2Client();
      const ticket = await client.verifySignedJwtWithCertsAsync(token, { g1: publicPem }, audience, issuers);
      return ticket.getPayload()?.email === secret && ticket.getPayload()?.email_verified === true;
    },
    // As https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions shows, signed by OpenSSL.
    sign(text, email) {
      const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
      const claims = {
        aud: audience,
        email,
        email_verified: true,
        exp: nowS() + 3_600,
        iat: nowS(),
        iss: issuers[0],
        sub: "1",
      };
      const input = `${part({ alg: "RS256", kid: "g1", typ: "JWT" })}.${part(claims)}`;
      const signature = nodeSign("RSA-SHA256", Buffer.from(input), privateKey).toString("base64url");
      const message = { message: { data: Buffer.from(text).toString("base64"), messageId: "1" }, subscription: "s" };
      return { url, headers: { authorization: `Bearer ${input}.${signature}` }, body: JSON.stringify(message) };
    },
  };
}

export const publicKeys: readonly Vendor[] = [
  {
    name: "@sendgrid/eventwebhook",
    changes: signedIn("x-twilio-email-event-webhook-signature"),
    scheme: schemes.sendgrid,
    ...p256(),
    otherSecret: p256().secret,
    body: (text) => [{ event: "dropped", sg_event_id: "1", text }],
    verify({ headers, body }, key) {
      const webhook = new EventWebhook();
      const [signature = "", time = ""] = ["signature", "timestamp"].map(
        (name) => headers[`x-twilio-email-event-webhook-${name}`],
      );
      return webhook.verifySignature(webhook.convertPublicKeyToECDSA(key), body, signature, time);
    },
  },
  discord("interactions", schemes.discord, (text) => ({ type: 2, id: "1", data: { name: text } })),
  discord("events", schemes.discordEvents, (text) => ({ type: 1, event: { type: "QUEST", text } })),
  await sns(),
  google(),
];
