import { ConfigurationError } from "../errors/configuration-error.js";
import type { Operation, Safety } from "../pipeline/call.js";
import { heldByKey } from "../platform/held-by-key.js";
import { checkBaseUrl } from "./base-url.js";
import type { OperationFacts, ProviderFacts, ProviderProfile } from "./profile.js";
import { readPath } from "./read-path.js";

function safetyOf(method: string, { idempotency }: ProviderProfile): Safety {
  if (/^(GET|HEAD|OPTIONS)$/.test(method)) return "safe";
  if (idempotency?.methods.includes(method)) return "keyed";
  return /^(PUT|DELETE)$/.test(method) ? "idempotent" : "unsafe";
}

/** The server of the path's own part of the API, where it has one. */
function serverOf(path: string, { servers }: ProviderFacts): string | undefined {
  for (const start in servers) if (path.startsWith(start)) return servers[start];
  return undefined;
}

/** Knows every operation by method and path template: what the profile says, with the facts laid over it. Each is made once. */
export function createOperations(
  profile: ProviderProfile,
  facts: ProviderFacts,
  ownBaseUrl: string | undefined,
): (method: string, path: string) => Operation {
  const baseUrl = checkBaseUrl(ownBaseUrl ?? profile.baseUrl, profile.name);
  const make = (method: string, path: string): Operation => {
    const id = `${method} ${path}`;
    if (!path?.startsWith?.("/")) throw new ConfigurationError(`${profile.name}: a path starts with a slash.`);
    const { server = serverOf(path, facts), ...exceptions }: OperationFacts = readPath(facts.operations, [id]) ?? {};
    return {
      id,
      method,
      path,
      // A user's own address holds for every operation.
      baseUrl: server && !ownBaseUrl ? checkBaseUrl(server, profile.name) : baseUrl,
      safety: safetyOf(method, profile),
      bucket: "default",
      body: profile.body,
      query: {},
      multiSegment: facts.multiSegment ?? [],
      ...exceptions,
    };
  };
  // Not by both as one text, which would take ten times as long to put together and to hash. Some are forgotten: paths that are
  // filled in already, of `toFetch`, have no end.
  const byMethod = heldByKey((method) => heldByKey((path) => make(method, path)));
  return (method, path) => byMethod(method)(path);
}
