import { ConfigurationError } from "../errors/connectry-error.js";
import type { CallHeaders, Operation } from "../pipeline/call.js";

// Many frameworks execute the method that one of these names: Rack, Express, ASP.NET, Google's APIs.
const methodOverrides = ["x-http-method-override", "x-http-method", "x-method-override"];

/**
 * The operation that a call with these headers executes: where they name another method, it may be a write. Throws
 * ConfigurationError for `host`, which would choose another server behind the same address.
 */
export function executedOperation(operation: Operation, headers: CallHeaders): Operation {
  if ("host" in headers) throw new ConfigurationError(`${operation.id}: set \`baseUrl\`, not the header \`host\`.`);
  return methodOverrides.some((name) => name in headers) ? { ...operation, safety: "unsafe" } : operation;
}
