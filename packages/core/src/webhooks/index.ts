export {
  ConfigurationError,
  type WebhookRejectionReason,
  WebhookVerificationError,
  type WebhookVerificationErrorInit,
} from "../errors/connectry-error.js";
export type { JsonPath } from "../platform/json-path.js";
export { type AzureLikeRequest, type AzureResponse, toAzureHandler } from "./adapters/azure-handler.js";
export { type KoaLikeContext, toKoaMiddleware } from "./adapters/koa-middleware.js";
export type { LambdaEvent } from "./adapters/lambda-event.js";
export { type LambdaResult, type LambdaWebhookHandler, toLambdaHandler } from "./adapters/lambda-handler.js";
export {
  type FastifyLikeReply,
  type FastifyLikeRequest,
  type NodeResponse,
  type NodeWebhookHandler,
  toNodeHandler,
} from "./adapters/node-handler.js";
export type { NodeRequest } from "./adapters/node-request.js";
export { createWebhooks, type Webhooks } from "./create-webhooks.js";
export { type Digests, type HashInput, type HmacKey, webDigests } from "./crypto/digests.js";
export { verifyByPublicKey } from "./crypto/verify-by-public-key.js";
export { verifyPasscode } from "./crypto/verify-passcode.js";
export { acceptSecret } from "./delivery/accept-secret.js";
export { formBody, queryFields, sortedForm } from "./delivery/form-body.js";
export { hmacHandshake } from "./delivery/hmac-handshake.js";
export { multipartBody } from "./delivery/multipart-body.js";
export { signedHandshake } from "./delivery/signed-handshake.js";
export { unsignedHandshake } from "./delivery/unsigned-handshake.js";
export type { EventOf, UnknownEvent, UnknownType, WebhookEvent } from "./events/event.js";
export {
  type EventContext,
  type EventHandler,
  type EventHandlers,
  type EventRoutes,
  routeEvent,
  type UnlistedHandler,
  type WebhookQueue,
} from "./events/event-routes.js";
export { verifyWebhook, type WebhookDelivery } from "./events/verify-webhook.js";
export type { WaitUntil } from "./handler/defer-work.js";
export type { WebhookHandler } from "./handler/endpoint.js";
export { createWebhookHandler } from "./handler/handler.js";
export type { EndpointOptions, WebhookHandlerOptions } from "./handler/handler-options.js";
export { defaultKeepMs, type HeldClaim, type Inbox, type InboxClaim } from "./inbox/inbox.js";
export { type MemoryInboxOptions, memoryInbox } from "./inbox/memory-inbox.js";
export type { DeadLetter } from "./queue/dead-letter.js";
export { type ProcessQueued, processQueued } from "./queue/process-queued.js";
export { type QueueOptions, resolveQueueOptions, storeWithin } from "./queue/queue-options.js";
export type { Delivery, DeliveryOptions, ReportedDelivery, WebhookRequest } from "./scheme/delivery.js";
export type { BodyText, Encoding, HashContent, HashName, KeyFormat, UrlFormat } from "./scheme/encodings.js";
export type { EventIdentity, HandshakeCondition, HeaderValue, NameParts, ValueLocation } from "./scheme/locations.js";
export type {
  SignatureAlgorithm,
  SignatureCheck,
  SignatureScheme,
  SignWithKey,
  VerifySignatures,
} from "./scheme/signature-algorithm.js";
export type { ThinWebhookScheme } from "./scheme/thin-webhook-scheme.js";
export type { TimeFormat, TimestampLocation } from "./scheme/timestamp-location.js";
export type {
  ComputePart,
  EndpointFacts,
  EventFacts,
  Handshake,
  HandshakeSigner,
  ReadForm,
  ReadSignedItems,
  RespondToHandshake,
  RespondToUnsigned,
  SignatureLocation,
  SignedItem,
  SignedPart,
  UnsignedReceiver,
  WebhookScheme,
} from "./scheme/webhook-scheme.js";
export { adyen } from "./schemes/adyen.js";
export { asana } from "./schemes/asana.js";
export { bitbucket } from "./schemes/bitbucket.js";
export { box } from "./schemes/box.js";
export { calendly } from "./schemes/calendly.js";
export { clerk } from "./schemes/clerk.js";
export { discord } from "./schemes/discord.js";
export { discordEvents } from "./schemes/discord-events.js";
export { dropbox } from "./schemes/dropbox.js";
export { dropboxSign } from "./schemes/dropbox-sign.js";
export { figma } from "./schemes/figma.js";
export { github } from "./schemes/github.js";
export { gitlab, gitlabSigned } from "./schemes/gitlab.js";
export { hook0 } from "./schemes/hook0.js";
export { hubspot } from "./schemes/hubspot.js";
export { hubspotV1 } from "./schemes/hubspot-v1.js";
export { hubspotV2 } from "./schemes/hubspot-v2.js";
export { intercom } from "./schemes/intercom.js";
export { klaviyo } from "./schemes/klaviyo.js";
export { lemonsqueezy } from "./schemes/lemonsqueezy.js";
export { linear } from "./schemes/linear.js";
export { mailgun } from "./schemes/mailgun.js";
export { mollie } from "./schemes/mollie.js";
export { mollieClassic } from "./schemes/mollie-classic.js";
export { notion } from "./schemes/notion.js";
export { paddle } from "./schemes/paddle.js";
export { pagerduty } from "./schemes/pagerduty.js";
export { resend } from "./schemes/resend.js";
export { sendgrid } from "./schemes/sendgrid.js";
export { sentry } from "./schemes/sentry.js";
export { shopify } from "./schemes/shopify.js";
export { shopifyEvents } from "./schemes/shopify-events.js";
export { slack } from "./schemes/slack.js";
export { square } from "./schemes/square.js";
export { standardWebhooks } from "./schemes/standard-webhooks.js";
export { standardWebhooksV1a } from "./schemes/standard-webhooks-v1a.js";
export { stripe } from "./schemes/stripe.js";
export { svix } from "./schemes/svix.js";
export { twilio } from "./schemes/twilio.js";
export { twilioSharedKey } from "./schemes/twilio-shared-key.js";
export { typeform } from "./schemes/typeform.js";
export { xero } from "./schemes/xero.js";
export { zendesk } from "./schemes/zendesk.js";
export { zoom } from "./schemes/zoom.js";
export { hubspotUrlFormats } from "./signature/hubspot-url-formats.js";
export { isoTime } from "./signature/iso-time.js";
export { namedHeaders } from "./signature/named-headers.js";
export { querySignature } from "./signature/query-signature.js";
export { requestTarget } from "./signature/request-target.js";
export type { SecretList, SecretRequest, WebhookSecrets } from "./signature/resolve-secrets.js";
export { type SignWebhookOptions, signWebhook } from "./signature/sign-webhook.js";
export { signedEvents } from "./signature/signed-events.js";
export { twilioUrlFormats } from "./signature/url-formats.js";
export type { VerifyOptions } from "./signature/verify-options.js";
export { type VerifiedDelivery, verifySignature } from "./signature/verify-signature.js";
export {
  createThinWebhooks,
  type FetchedEvents,
  type ObjectSource,
  type ThinWebhookHandlerOptions,
  type ThinWebhooks,
} from "./thin/create-thin-webhooks.js";
export type { FetchBounds } from "./thin/fetch-object.js";
