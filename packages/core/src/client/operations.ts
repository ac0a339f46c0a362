import { ConfigurationError } from "../errors/connectry-error.js";
import type { CallHeaders, Operation } from "../pipeline/call.js";
import type { ParseJson } from "../pipeline/strategies.js";
import { boundedMemo } from "../platform/bounded-memo.js";
import { readPath } from "../platform/json-path.js";
import type { OperationFacts, ProviderFacts, Safety } from "../provider/facts.js";
import type { ProviderProfile } from "../provider/profile.js";
import { checkBaseUrl } from "./base-url.js";
import { executedOperation } from "./check-headers.js";

/** Finds an operation by its method and path template. */
export type FindOperation = (method: string, path: string) => Operation;

function safetyOf(method: string, { idempotency }: ProviderProfile): Safety {
  if (/^(GET|HEAD|OPTIONS)$/.test(method)) return "safe";
  if (idempotency?.methods.includes(method)) return "idempotent-with-key";
  return /^(PUT|DELETE)$/.test(method) ? "idempotent" : "unsafe";
}

/** The server of all paths with this beginning, where the facts name one. */
function serverOf(path: string, { servers }: ProviderFacts): string | undefined {
  for (const start in servers) if (path.startsWith(start)) return servers[start];
  return undefined;
}

/** Whether a success of a write may have no body, unless its own facts say what it has. */
function mayBeEmpty(method: string, path: string, { emptyResponses }: ProviderFacts): boolean {
  const empty = emptyResponses?.[method];
  if (!empty) return false;
  return "only" in empty ? empty.only.includes(path) : !empty.except.includes(path);
}

/** What a client says of all its operations. */
export interface ClientFacts {
  /** The address of the user's own that replaces the provider's. */
  readonly baseUrl?: string | undefined;
  readonly allowHttp?: boolean | undefined;
  /** The headers that it sends with each call. */
  readonly headers: CallHeaders;
  /** How the JSON of responses is parsed, where that is not the usual way. */
  readonly parseJson?: ParseJson | undefined;
}

/** Creates the function that finds operations: the facts merged over the profile. Each operation is created once. */
export function createOperations(
  profile: ProviderProfile,
  facts: ProviderFacts,
  { baseUrl: given, allowHttp, headers, parseJson }: ClientFacts,
): FindOperation {
  const rules = { where: profile.name, allowHttp };
  const ownBaseUrl = given === undefined ? undefined : checkBaseUrl(given, rules);
  const create = (method: string, path: string): Operation => {
    const id = `${method} ${path}`;
    if (!path?.startsWith?.("/")) {
      throw new ConfigurationError(`${profile.name}: a path must start with a slash, got ${JSON.stringify(path)}.`);
    }
    const { server = serverOf(path, facts), ...exceptions }: OperationFacts = readPath(facts.operations, [id]) ?? {};
    const address = server ?? profile.baseUrl;
    // Variables are filled in by the account of a call, and checked then.
    const providerUrl = address.includes("{") ? address : checkBaseUrl(address, rules);
    const operation: Operation = {
      id,
      method,
      path,
      // The user's own address applies to every operation.
      baseUrl: ownBaseUrl ?? providerUrl,
      providerUrl,
      safety: safetyOf(method, profile),
      bucket: "default",
      body: profile.body,
      response: mayBeEmpty(method, path, facts) ? "json-or-empty" : "json",
      query: {},
      multiSegment: facts.multiSegment ?? [],
      parseJson,
      ...exceptions,
    };
    const { contentType = operation.body === "json" ? facts.contentType : undefined } = operation;
    return executedOperation({ ...operation, contentType }, headers);
  };
  // Nested, because one key of both would take ten times as long to build and to hash. Bounded, because the paths that
  // `toFetch` receives have their parameters filled in, so that there is no end of them.
  const byMethod = boundedMemo((method) => boundedMemo((path) => create(method, path)));
  return (method, path) => byMethod.get(method).get(path);
}
