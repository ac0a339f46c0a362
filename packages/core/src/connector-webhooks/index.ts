// What the webhooks of every connector export besides their own names: `export * from "@connectry/core/connector-webhooks"`. The list
// is written once, here, so that a new adapter reaches all connectors.
export { WebhookVerificationError } from "../errors/connectry-error.js";
export { toAzureHandler } from "../webhooks/adapters/azure-handler.js";
export { toKoaMiddleware } from "../webhooks/adapters/koa-middleware.js";
export { toLambdaHandler } from "../webhooks/adapters/lambda-handler.js";
export { toNodeHandler } from "../webhooks/adapters/node-handler.js";
