export { awsSns } from "./aws-sns.js";
export { type CertificateFacts, certificateAlgorithm } from "./certificate.js";
export { type FetchedText, fetchText, type KeyOptions } from "./fetch-text.js";
export { type GooglePubSubOptions, googlePubSub } from "./google-pubsub.js";
export { paypal } from "./paypal.js";
export { type PlaidOptions, plaid } from "./plaid.js";
export { type KeyRequest, type KeySource, type PublishedKeys, publishedKeys } from "./published-keys.js";
export { type TokenFacts, tokenAlgorithm, tokenTime } from "./token.js";
