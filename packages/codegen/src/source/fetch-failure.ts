import { UnavailableError } from "./unavailable-error.js";

const connectionErrorCodes = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
  "ERR_SOCKET_TIMEOUT",
  "FETCH_ERROR",
  "ENOTCACHED",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "EIDLETIMEOUT",
  "ERESPONSETIMEOUT",
  "ECONNECTIONTIMEOUT",
]);

/** What npm's fetchers report about a failure. */
export interface FetchFailure {
  readonly code: string;
  readonly message: string;
  readonly status: number | undefined;
  readonly versions: readonly string[];
  readonly found: string | undefined;
  readonly expected: string | undefined;
}

/** Reads the fields that npm's fetchers add to the errors that they throw. */
export function describeFailure(error: unknown): FetchFailure {
  const fields: Record<string, unknown> = error !== null && typeof error === "object" ? { ...error } : {};
  return {
    code: typeof fields.code === "string" ? fields.code : "",
    message: error instanceof Error ? error.message : String(error),
    status: typeof fields.statusCode === "number" ? fields.statusCode : undefined,
    versions: Array.isArray(fields.versions) ? fields.versions.map(String) : [],
    found: fields.found === undefined ? undefined : String(fields.found),
    expected: fields.expected === undefined ? undefined : String(fields.expected),
  };
}

/**
 * The error for a server that cannot be reached, is unavailable, or denies access; undefined for any other failure.
 * `what` is what was fetched, for the message.
 */
export function toConnectionError(error: unknown, what: string, server: string): UnavailableError | undefined {
  const { code, status, message } = describeFailure(error);
  if (status === 401 || status === 403 || code === "ENEEDAUTH") {
    return new UnavailableError(
      `${server} denies access to ${what} (${status ?? code}).`,
      ["If it requires a login, add the registry's _authToken to your .npmrc, for instance with `npm login`."],
      { cause: error },
    );
  }
  if (status !== undefined && (status >= 500 || status === 429)) {
    return new UnavailableError(
      `${server} cannot serve ${what} now: it returned status ${status}. Try again later.`,
      [],
      {
        cause: error,
      },
    );
  }
  if (!connectionErrorCodes.has(code)) return undefined;
  return new UnavailableError(
    `${server} cannot be reached to fetch ${what}: ${message}`,
    ["Registry and proxy are read from your npm settings (.npmrc): `npm config list` shows them."],
    { cause: error },
  );
}
