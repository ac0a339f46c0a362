import { ConfigurationError } from "../errors/configuration-error.js";
import type { Operation, Safety } from "../pipeline/call.js";
import { checkBaseUrl } from "./base-url.js";
import type { OperationFacts, ProviderFacts, ProviderProfile } from "./profile.js";

const maxRemembered = 10_000;
const none = {};

function safetyOf(method: string, profile: ProviderProfile): Safety {
  if (method === "GET" || method === "HEAD" || method === "OPTIONS") return "safe";
  if (profile.idempotency?.methods.includes(method)) return "keyed";
  return method === "PUT" || method === "DELETE" ? "idempotent" : "unsafe";
}

/** Knows every operation by method and path template: what the profile says, with the facts laid over it. */
export function createOperations(
  profile: ProviderProfile,
  facts: ProviderFacts,
  baseUrl: string | undefined,
): (method: string, path: string) => Operation {
  const own = baseUrl === undefined ? undefined : checkBaseUrl(baseUrl, profile.name);
  const known = new Map<string, Operation>();
  return (method, path) => {
    const id = `${method} ${path}`;
    const remembered = known.get(id);
    if (remembered !== undefined) return remembered;
    if (typeof path !== "string" || !path.startsWith("/")) {
      throw new ConfigurationError(
        `${profile.name}: a path starts with a slash, and \`${String(path).slice(0, 64)}\` does not.`,
      );
    }
    const exception: OperationFacts = Object.hasOwn(facts.operations, id)
      ? (facts.operations[id] as OperationFacts)
      : none;
    const operation: Operation = {
      id,
      method,
      path,
      baseUrl: own ?? checkBaseUrl(exception.server ?? profile.baseUrl, profile.name),
      safety: exception.safety ?? safetyOf(method, profile),
      bucket: exception.bucket ?? "default",
      body: exception.body ?? profile.body,
      query: exception.query ?? none,
      multiSegment: exception.multiSegment ?? [],
    };
    if (known.size < maxRemembered) known.set(id, operation);
    return operation;
  };
}
