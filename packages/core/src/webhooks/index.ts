export { ConfigurationError } from "../errors/configuration-error.js";
export {
  type WebhookRefusal,
  WebhookVerificationError,
  type WebhookVerificationErrorInit,
} from "../errors/webhook-verification-error.js";
export { createWebhooks, type Webhooks } from "./create-webhooks.js";
export type { Delivery, DeliveryOptions, WebhookRequest } from "./delivery.js";
export { type Digests, type HashName, type HmacKey, type Parts, webDigests } from "./digest.js";
export type { EventOf, UnknownEvent, UnknownType, WebhookEvent } from "./event.js";
export { createWebhookHandler, type WebhookHandler } from "./handler.js";
export type {
  EventContext,
  EventHandler,
  EventHandlers,
  EventRoutes,
  WebhookHandlerOptions,
} from "./handler-options.js";
export { type Claim, defaultKeepMs, type Inbox } from "./inbox.js";
export { type MemoryInboxOptions, memoryInbox } from "./memory-inbox.js";
export {
  type FastifyLikeReply,
  type FastifyLikeRequest,
  type NodeRequest,
  type NodeResponse,
  type NodeWebhookHandler,
  toNodeHandler,
} from "./node-handler.js";
export type { WebhookQueue } from "./queue.js";
export { routeEvent } from "./route-event.js";
export type {
  BodyCondition,
  Encoding,
  EventFacts,
  Handshake,
  HeaderValue,
  JsonPath,
  KeyForm,
  NamePlaces,
  Place,
  SignatureAlgorithm,
  SignaturePlace,
  SignedPart,
  TimestampPlace,
  UrlForm,
  WebhookScheme,
} from "./scheme.js";
export { adyen } from "./schemes/adyen.js";
export { asana } from "./schemes/asana.js";
export { discord } from "./schemes/discord.js";
export { discordEvents } from "./schemes/discord-events.js";
export { figma } from "./schemes/figma.js";
export { github } from "./schemes/github.js";
export { hubspot } from "./schemes/hubspot.js";
export { hubspotV1 } from "./schemes/hubspot-v1.js";
export { hubspotV2 } from "./schemes/hubspot-v2.js";
export { linear } from "./schemes/linear.js";
export { notion } from "./schemes/notion.js";
export { sendgrid } from "./schemes/sendgrid.js";
export { shopify } from "./schemes/shopify.js";
export { slack } from "./schemes/slack.js";
export { standardWebhooks } from "./schemes/standard-webhooks.js";
export { standardWebhooksV1a } from "./schemes/standard-webhooks-v1a.js";
export { stripe } from "./schemes/stripe.js";
export { twilio } from "./schemes/twilio.js";
export type { SecretList, SecretRequest, WebhookSecrets } from "./secrets.js";
export { type SignWebhookOptions, signWebhook } from "./sign-webhook.js";
export { type VerifiedDelivery, type VerifyOptions, verifySignature } from "./verify-signature.js";
export { verifyWebhook, type WebhookDelivery } from "./verify-webhook.js";
