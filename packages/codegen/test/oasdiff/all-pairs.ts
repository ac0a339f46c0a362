import { alternativePairs } from "./alternatives.js";
import { bodyPairs } from "./bodies.js";
import { boundPairs } from "./bounds.js";
import type { CheckPair } from "./check-pair.js";
import { conditionPairs } from "./conditions.js";
import { operationPairs } from "./operations.js";
import { parameterPairs } from "./parameters.js";
import { propertyPairs } from "./properties.js";
import { securityPairs } from "./security.js";
import { valuePairs } from "./values.js";

/** A pair for each check of oasdiff, by topic. */
export const pairsByTopic: readonly (readonly [topic: string, readonly CheckPair[]])[] = [
  ["Operations, webhooks and names", operationPairs],
  ["Security", securityPairs],
  ["Parameters", parameterPairs],
  ["Bodies, statuses and headers", bodyPairs],
  ["Properties", propertyPairs],
  ["Types and values", valuePairs],
  ["Bounds and patterns", boundPairs],
  ["Alternatives", alternativePairs],
  ["Conditions", conditionPairs],
];
