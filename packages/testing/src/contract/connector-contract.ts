import type { ProviderProfile } from "@connectry/core";
import { authChecks } from "./auth-checks.js";
import type { ContractCheck } from "./contract-check.js";
import { createContractContext } from "./contract-context.js";
import type { ConnectorContractOptions } from "./contract-options.js";
import { errorChecks } from "./error-checks.js";
import { idempotencyChecks } from "./idempotency-checks.js";
import { operationChecks } from "./operation-checks.js";
import { pagingChecks } from "./paging-checks.js";
import { retryChecks } from "./retry-checks.js";
import { retryRuleChecks } from "./retry-rule-checks.js";
import { secrecyChecks } from "./secrecy-checks.js";
import { toleranceChecks } from "./tolerance-checks.js";

/**
 * What every connector promises, as a list of checks for any test runner: each starts a fake provider of its own, on a
 * real socket, and calls it through the connector. Throws an Error where a document is none, or has nothing to call.
 */
export function connectorContract(
  profile: ProviderProfile,
  options: ConnectorContractOptions,
): readonly ContractCheck[] {
  const context = createContractContext(profile, options);
  return [
    ...authChecks(context),
    ...errorChecks(context),
    ...retryChecks(context),
    ...retryRuleChecks(context),
    ...pagingChecks(context),
    ...idempotencyChecks(context),
    ...secrecyChecks(context),
    ...toleranceChecks(context),
    ...operationChecks(context),
  ];
}
