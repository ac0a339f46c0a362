import { CodegenError } from "../codegen-error.js";

const unreachable = new Set([
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

/** What npm's fetchers know of their failure. */
export interface FetchFailure {
  readonly code: string;
  readonly message: string;
  readonly status: number | undefined;
  readonly versions: readonly string[];
  readonly found: string | undefined;
  readonly expected: string | undefined;
}

/** Reads the fields that npm's fetchers put on the errors they throw. */
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

/** The sentences for what goes wrong between here and any server; undefined for what it answered in good order. */
export function connectionError(error: unknown, what: string, server: string): CodegenError | undefined {
  const { code, status, message } = describeFailure(error);
  if (status === 401 || status === 403 || code === "ENEEDAUTH") {
    return new CodegenError(
      `${server} refuses to hand out ${what} (${status ?? code}).`,
      ["If it needs a login, put the registry's _authToken into your .npmrc (npm login does)."],
      { cause: error },
    );
  }
  if (status !== undefined && (status >= 500 || status === 429)) {
    return new CodegenError(`${server} cannot hand out ${what} now: it answers ${status}. Try again later.`, [], {
      cause: error,
    });
  }
  if (!unreachable.has(code)) return undefined;
  return new CodegenError(
    `${server} cannot be reached for ${what}: ${message}`,
    ["Registry and proxy come from your npm settings (.npmrc): `npm config list` shows them."],
    { cause: error },
  );
}
