import { ConfigurationError } from "../errors/configuration-error.js";
import type { Operation, Safety } from "../pipeline/call.js";
import { checkBaseUrl } from "./base-url.js";
import type { OperationFacts, ProviderFacts, ProviderProfile } from "./profile.js";
import { readPath } from "./read-path.js";

const none: OperationFacts = {};
// Paths that are filled in already, of the connector's `fetch`, have no end.
const maxRemembered = 5_000;

function safetyOf(method: string, { idempotency }: ProviderProfile): Safety {
  if (method === "GET" || method === "HEAD" || method === "OPTIONS") return "safe";
  if (idempotency?.methods.includes(method)) return "keyed";
  return method === "PUT" || method === "DELETE" ? "idempotent" : "unsafe";
}

/** The server of the path's own part of the API, where it has one. */
function serverOf(path: string, { servers = {} }: ProviderFacts): string | undefined {
  const prefix = Object.keys(servers).find((start) => path.startsWith(start));
  return prefix && servers[prefix];
}

/** Knows every operation by method and path template: what the profile says, with the facts laid over it. Each is made once. */
export function createOperations(
  profile: ProviderProfile,
  facts: ProviderFacts,
  ownBaseUrl: string | undefined,
): (method: string, path: string) => Operation {
  const baseUrl = checkBaseUrl(ownBaseUrl ?? profile.baseUrl, profile.name);
  const remembered = new Map<string, Operation>();
  const create = (id: string, method: string, path: string): Operation => {
    if (typeof path !== "string" || !path.startsWith("/")) {
      throw new ConfigurationError(`${profile.name}: a path starts with a slash.`);
    }
    const { server = serverOf(path, facts), ...exceptions } = (readPath(facts.operations, [id]) ??
      none) as OperationFacts;
    return {
      id,
      method,
      path,
      // A user's own address holds for every operation.
      baseUrl: server === undefined || ownBaseUrl !== undefined ? baseUrl : checkBaseUrl(server, profile.name),
      safety: safetyOf(method, profile),
      bucket: "default",
      body: profile.body,
      query: {},
      multiSegment: facts.multiSegment ?? [],
      ...exceptions,
    };
  };
  return (method, path) => {
    const id = `${method} ${path}`;
    if (remembered.size > maxRemembered) remembered.clear();
    const operation = remembered.get(id) ?? create(id, method, path);
    remembered.set(id, operation);
    return operation;
  };
}
