import { ConfigurationError } from "../errors/connectry-error.js";
import type { CallHeaders, Operation } from "../pipeline/call.js";
import type { CallParameters, Strategies } from "../pipeline/strategies.js";
import type { ProviderFacts } from "../provider/facts.js";
import type { ProviderProfile } from "../provider/profile.js";
import { formatJson as formatPlainJson } from "../serialization/format-value.js";
import { serializeBody } from "../serialization/serialize-body.js";
import { serializeHeader } from "../serialization/serialize-header.js";
import { serializePath } from "../serialization/serialize-path.js";
import { serializeQuery } from "../serialization/serialize-query.js";
import { checkCacheOptions } from "./cache-binding.js";
import { type HeaderChanges, headerPairs } from "./merge-headers.js";
import type { PreparedCall } from "./prepared-call.js";
import type { CallRequest } from "./start-call.js";

/** A call as it is sent, and what it says of its headers. */
export interface SerializedCall {
  /** All but its headers. */
  readonly request: Omit<CallRequest, "headers">;
  /** What the call itself changes in the headers, in the order in which it applies; undefined where that is nothing. */
  readonly ownHeaders: readonly HeaderChanges[] | undefined;
  /** What the client asks for; the caller may ask for something else. */
  readonly accept: string | undefined;
}

/** What the calls of a client are serialized with. */
export interface SerializeContext {
  readonly profile: ProviderProfile;
  readonly facts: ProviderFacts;
  readonly strategies: Strategies;
  /** What every call has that sets nothing else. */
  readonly defaults: { readonly headers: CallHeaders; readonly path: Readonly<Record<string, unknown>> };
}

/** The media type that a client asks for where neither its user nor its provider says another. */
export const defaultAccept = "application/json";

/** Creates the function that serializes calls. It throws ConfigurationError for whatever cannot be sent. */
export function createSerializeCall({ profile, facts, strategies, defaults }: SerializeContext) {
  const { body: bodies = {}, style: styles = {}, formatDate, formatJson = formatPlainJson } = strategies;
  const values = { styles, formatDate, formatJson, defaultStyle: profile.query ?? "repeat" };
  // What the user or the profile asks for takes precedence over what the document has for one operation.
  const hasDefaultPath = Object.keys(defaults.path).length > 0;
  const isDefaultAccept = defaults.headers.accept === (facts.accept ?? defaultAccept);

  const addressOf = (operation: Operation, { path, query }: CallParameters, expanded: string | undefined): string => {
    const address = operation.baseUrl + serializePath(operation, path ?? {}, formatDate);
    const own = query && serializeQuery(operation, query, values);
    const search = own && expanded ? `${own}&${expanded}` : own || expanded;
    // A path of a document may have a query of its own.
    return search ? address + (address.includes("?") ? "&" : "?") + search : address;
  };

  /** Parameters with those of the path that the client knows. */
  const withDefaultPath = (given: CallParameters): CallParameters =>
    hasDefaultPath ? { ...given, path: { ...defaults.path, ...given.path } } : given;

  /** Headers of header parameters. */
  const ownOf = (header: CallParameters["header"]): HeaderChanges =>
    header &&
    [...headerPairs(header)].map(([name, value]) => [name, serializeHeader(name, value, formatDate)] as const);

  return ({ operation, init, limits, stream, url, observation }: PreparedCall): SerializedCall => {
    const { signal, idempotencyKey, fairnessKey, account, cache, onUploadProgress } = init;
    checkCacheOptions(cache, operation.id);
    const settings = {
      ...limits,
      idempotencyKey,
      fairnessKey,
      account,
      cache,
      onUploadProgress,
      stream,
      observation,
    };
    const { body: form, contentType, encoding } = operation;
    try {
      const given = withDefaultPath(init.params ?? {});
      const expanded = operation.parameters && strategies.parameters?.(operation, given, values);
      const {
        params,
        path = operation.path,
        query,
        headers,
      }: Partial<typeof expanded> & { params: CallParameters } = expanded ?? { params: given };
      const accept = isDefaultAccept && (stream ? "*/*" : operation.accept);
      const isPlain = !accept && !init.headers && !headers && !params.header;
      const request = {
        operation,
        url: url ?? addressOf(path === operation.path ? operation : { ...operation, path }, params, query),
        body:
          init.body === undefined
            ? undefined
            : serializeBody(init.body, bodies[form], { form, inner: profile.body, contentType, encoding, ...values }),
        signal,
        settings,
      };
      return {
        request,
        accept: accept || defaults.headers.accept,
        ownHeaders: isPlain
          ? undefined
          : [accept ? { accept } : undefined, init.headers, headers, ownOf(params.header)],
      };
    } catch (error) {
      // Whatever cannot be serialized is a mistake in what the caller passed.
      throw new ConfigurationError(`${operation.id}: ${(error as Error).message}.`);
    }
  };
}
