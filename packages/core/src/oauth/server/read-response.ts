import { OauthError } from "../../errors/oauth-errors.js";
import type { Redact } from "../../pipeline/call.js";
import type { Bytes } from "../../platform/bytes.js";
import { readPath } from "../../platform/json-path.js";
import type { OauthFacts } from "../../provider/oauth-facts.js";
import { parseRetryAfter } from "../../retry/retry-after.js";

/** A response of an authorization server. */
export interface ServerResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Bytes | undefined;
}

/** The fields of a response. */
export type ResponseFields = Readonly<Record<string, unknown>>;

/** What reading a response depends on. */
export interface ReadContext {
  readonly facts: Pick<OauthFacts, "name" | "response">;
  /** Removes the secrets of the request from what the provider says about it. */
  readonly redact: Redact;
  /** The wall clock, for `Retry-After`. */
  readonly nowMs: number;
}

const maxMessageLength = 200;

/** The fields of a body: JSON, or the form that GitHub sends by default. Undefined where it is neither. */
function parseFields(text: string): ResponseFields | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as ResponseFields) : undefined;
  } catch {
    return /^[\w.~-]+=/.test(text) ? Object.fromEntries(new URLSearchParams(text)) : undefined;
  }
}

const textOf = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

/** The code and the message of an error response; undefined where it is a success. An error may come with status 200. */
function readError({ status }: ServerResponse, fields: ResponseFields | undefined, { response }: ReadContext["facts"]) {
  const { code: codeAt = ["error"], message: messageAt = ["error_description"] } = response?.error ?? {};
  const isSuccess = status >= 200 && status < 300;
  const code = textOf(readPath(fields, ["error"])) ?? (isSuccess ? undefined : textOf(readPath(fields, codeAt)));
  if (isSuccess && code === undefined && fields?.ok !== false) return undefined;
  const message = textOf(readPath(fields, ["error_description"])) ?? textOf(readPath(fields, messageAt));
  return { code: code ?? `http-${status}`, message };
}

/**
 * The fields of a successful response. Throws OauthError for an error, whatever its status, and for a body that has no fields. The
 * message of the provider is shown without the secrets of the request.
 */
export function readResponse(response: ServerResponse, { facts, redact, nowMs }: ReadContext): ResponseFields {
  const { status, headers, body } = response;
  const text = new TextDecoder().decode(body);
  const fields = parseFields(text);
  const error = readError(response, fields, facts);
  const init = { provider: facts.name, status, retryAfterMs: parseRetryAfter(headers, nowMs) };
  if (error) {
    const message = error.message === undefined ? "" : `: ${redact(error.message).slice(0, maxMessageLength)}`;
    const code = redact(error.code).slice(0, maxMessageLength);
    const isInvalid = facts.response?.invalidGrant?.includes(code);
    throw new OauthError(`the authorization server responded with ${code}${message}`, {
      ...init,
      code: isInvalid ? "invalid_grant" : code,
    });
  }
  if (fields || text === "") return fields ?? {};
  throw new OauthError(`the authorization server responded with status ${status} and neither JSON nor a form`, {
    ...init,
    code: "malformed-response",
  });
}

/**
 * The fields of a token response as RFC 6749 has them, so that a strict reader accepts what providers send: a token in a nested
 * object, another or no `token_type`, times as text, scopes as a list, fields that are null. An ID token is not read.
 */
export function normalizeTokenFields(
  fields: ResponseFields,
  { response }: Pick<OauthFacts, "response">,
): ResponseFields {
  const nested = response?.nested && fields.access_token === undefined ? readPath(fields, response.nested) : undefined;
  const { id_token: _, ...own } = { ...fields, ...Object(nested) } as ResponseFields;
  const scopes = response?.scopes ? readPath(fields, response.scopes) : own.scope;
  const lifetimeS = Number(own.expires_in ?? 0);
  const normalized: ResponseFields = {
    ...own,
    token_type: "bearer",
    scope: Array.isArray(scopes) ? scopes.join(" ") : (textOf(scopes) ?? undefined),
    refresh_token: textOf(own.refresh_token),
    expires_in: lifetimeS > 0 ? lifetimeS : undefined,
  };
  return Object.fromEntries(Object.entries(normalized).filter(([, value]) => value !== null && value !== undefined));
}
