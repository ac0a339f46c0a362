import { credentialNames } from "../../provider/auth-scheme.js";
import type { ProviderProfile, RetryRule } from "../../provider/profile.js";
import { executedOperation } from "../check-headers.js";
import { type AnyConnector, internalsOf } from "../internals.js";
import { mergeHeaders } from "../merge-headers.js";
import { defaultAccept } from "../serialize-call.js";
import { createCallerCredential } from "./caller-credential.js";
import { createAddressResolver } from "./fetch-address.js";
import { readFetchLimits, type ToFetchOptions } from "./fetch-options.js";
import { type FetchInput, readFetchArguments } from "./fetch-request.js";
import { createFetchResponse } from "./fetch-response.js";
import { createOperationByPath } from "./operation-by-path.js";

/** The rules by whose bodies a response with a status of success may be a failure: it must be read before it is classified. */
function failuresWithSuccessStatus({ retry }: ProviderProfile): readonly RetryRule[] {
  const isSuccess = (status: number) => status >= 200 && status < 300;
  return (retry?.rules ?? []).filter(
    ({ when: { body, status } }) => body && (status === undefined || [status].flat().some(isSuccess)),
  );
}

/** Creates the function that removes a credential from the query of an address. */
function withoutQueryCredential({ auth }: ProviderProfile): (url: string) => string {
  const names = credentialNames(auth, "query");
  if (names.length === 0) return (url) => url;
  return (text) => {
    // One that is redacted as a whole is not an address any more.
    if (!URL.canParse(text)) return text;
    const url = new URL(text);
    for (const name of names) url.searchParams.delete(name);
    return url.href;
  };
}

/**
 * The pipeline of a connector as a plain `fetch`, for an official SDK, a GraphQL client, or anything else that takes one:
 * credential, limits and redirects within the rules of their origin, for code that is not ours. It makes one attempt unless
 * `maxAttempts` asks for more. Relative addresses are resolved below the base URL. Like fetch, it returns a Response for an error
 * status, and bodies are streams. Throws ConfigurationError for an address on an origin that is not the provider's, and for a
 * request with a credential of its own (`callerCredential`).
 */
export function toFetch(
  connector: AnyConnector,
  options: ToFetchOptions = {},
): (input: FetchInput, init?: RequestInit) => Promise<Response> {
  const internals = internalsOf(connector);
  const { startCall, headers: defaults, profile, facts } = internals;
  const limits = readFetchLimits(options, internals);
  const base = internals.operationOf("GET", "/");
  const fixedAddresses = internals.locate ? undefined : createAddressResolver(base, profile);
  const operationByPath = createOperationByPath(internals, options.operations);
  const findCaller = createCallerCredential(internals, options.callerCredential);
  const withoutCredential = withoutQueryCredential(profile);
  const failures = failuresWithSuccessStatus(profile);
  const maxBytes = options.maxResponseBytes ?? Infinity;
  const { cache, fairnessKey, account } = options;
  // https://fetch.spec.whatwg.org/#fetching, step 14
  const asFetch = defaults.accept === (facts.accept ?? defaultAccept) ? { accept: "*/*" } : undefined;

  return async (input, init) => {
    const { address, method, headers: own, readBody, signal, redirect } = readFetchArguments(input, init);
    const resolveAddress =
      fixedAddresses ?? createAddressResolver((await internals.locate?.(base, { account, signal })) ?? base, profile);
    const { url, path, baseUrl, providerUrl, isApi } = resolveAddress(address);
    const found = operationByPath(method, path);
    const isKnown = found.baseUrl === baseUrl && found.providerUrl === providerUrl;
    const tenant = await findCaller({ url, headers: own });
    const headers = mergeHeaders(defaults, asFetch, own);
    const operation = executedOperation(isKnown ? found : { ...found, baseUrl, providerUrl }, headers);
    // Other origins of a provider serve files, whose content says nothing about the call.
    const isReadWhole = isApi && failures.some(({ when }) => url.pathname.endsWith(when.path ?? ""));
    const isStream = !isReadWhole && !(cache && operation.safety === "safe");
    const settings = { ...limits, cache, fairnessKey, account, redirect, stream: isStream };
    const reply = await startCall({ operation, url: url.href, headers, body: readBody(), signal, settings, tenant });
    const { id } = operation;
    return createFetchResponse(reply, { method, url: url.href, operation: id, maxBytes, withoutCredential });
  };
}
