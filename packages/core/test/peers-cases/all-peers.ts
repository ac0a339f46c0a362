import { axiosRetry } from "./axios-retry.js";
import { ky } from "./ky.js";
import { octokitRetry, octokitThrottling } from "./octokit.js";
import { openaiNode } from "./openai-node.js";
import { pRetry } from "./p-retry.js";
import type { Peer } from "./peer-case.js";
import { stripeNode } from "./stripe-node.js";

/** What the peers test of retries, timeouts and waits. */
export const peers: readonly Peer[] = [axiosRetry, ky, pRetry, openaiNode, stripeNode, octokitRetry, octokitThrottling];
