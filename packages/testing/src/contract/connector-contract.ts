import type { ProviderProfile } from "@connectry/core";
import { authChecks } from "./auth-checks.js";
import type { ContractCheck } from "./contract-check.js";
import { createContractContext } from "./contract-context.js";
import type { ConnectorContractOptions } from "./contract-options.js";
import { credentialLeakChecks } from "./credential-leak-checks.js";
import { errorChecks } from "./error-checks.js";
import { forwardCompatibilityChecks } from "./forward-compatibility-checks.js";
import { idempotencyChecks } from "./idempotency-checks.js";
import { openapiFetchChecks } from "./openapi-fetch-checks.js";
import { operationChecks } from "./operation-checks.js";
import { paginationChecks } from "./pagination-checks.js";
import { retryChecks } from "./retry-checks.js";
import { retryRuleChecks } from "./retry-rule-checks.js";
import { tokenExchangeChecks } from "./token-exchange-checks.js";
import { withVendorChecks } from "./vendor-checks.js";

/**
 * The contract that every connector keeps, as a list of checks for any test runner. Each check starts its own fake
 * provider on a loopback port, and calls it through the connector. With `responses`, the connector is also checked by what the vendor
 * publishes, and each check says whether the fake alone is behind it. Throws an Error for an invalid document, and for
 * documents without an operation that can be called.
 */
export function connectorContract(
  profile: ProviderProfile,
  options: ConnectorContractOptions,
): readonly ContractCheck[] {
  const context = createContractContext(profile, options);
  const checks = [
    ...authChecks(context),
    ...tokenExchangeChecks(context),
    ...errorChecks(context),
    ...retryChecks(context),
    ...retryRuleChecks(context),
    ...paginationChecks(context),
    ...idempotencyChecks(context),
    ...credentialLeakChecks(context),
    ...forwardCompatibilityChecks(context),
    ...operationChecks(context),
    ...openapiFetchChecks(context),
  ];
  return withVendorChecks(checks, context, options);
}
