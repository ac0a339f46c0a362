export { type SignWebhookOptions, signWebhook } from "@connectry/core/webhooks";
export { type FakeClock, fakeClock } from "./clock/fake-clock.js";
export { type InstantClock, instantClock } from "./clock/instant-clock.js";
export { seededRandom } from "./clock/seeded-random.js";
export { connectorContract } from "./contract/connector-contract.js";
export type { ContractCheck, Evidence } from "./contract/contract-check.js";
export type { ConnectorContractOptions, ContractServer } from "./contract/contract-options.js";
export type { DocumentSource } from "./document/read-document.js";
export type { Fault, RequestMatcher, ResponseProgress, ScriptedFault } from "./faults/fault.js";
export { type FaultServer, type FaultServerOptions, faultServer } from "./faults/fault-server.js";
export { type TwoOrigins, twoOrigins } from "./faults/two-origins.js";
export type { ScriptedResponse } from "./http/encode-response.js";
export type { RecordedRequest } from "./http/recorded-request.js";
export type { ChosenResponse } from "./provider/chosen-response.js";
export type { Fake, Override } from "./provider/fake.js";
export { type FakeHandler, fakeHandler } from "./provider/fake-handler.js";
export { type FakeProvider, fakeProvider } from "./provider/fake-provider.js";
export type { FakeProviderOptions, FakeServerOptions } from "./provider/fake-provider-options.js";
export type {
  FakeGraphqlError,
  FakeGraphqlOperation,
  FakeGraphqlResponse,
  RespondToGraphql,
} from "./provider/graphql-responses.js";
export type { Quota } from "./provider/quota.js";
export { type RedisServer, type RedisServerOptions, redisServer } from "./redis/redis-server.js";
export type { UploadedFile } from "./request/check-body.js";
export type { AcceptedCredential } from "./request/check-credential.js";
export { canaryScan, type Leak, type LeakEncoding } from "./secrets/canary-scan.js";
export { type ScriptedTransport, scriptedTransport, type TransportStep } from "./transport/scripted-transport.js";
export { type DeliverWebhookOptions, deliverWebhook } from "./webhooks/deliver-webhook.js";
export type { DescribeEvent, WebhookEventBody } from "./webhooks/described-event.js";
export type { ObjectChange } from "./webhooks/object-change.js";
export type { FakeDelivery, FakeWebhooksOptions } from "./webhooks/webhook-options.js";
