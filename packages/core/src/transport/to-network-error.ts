import { CallError, NetworkError } from "../errors/call-errors.js";
import { ConnectryError } from "../errors/connectry-error.js";
import type { Call } from "../pipeline/call.js";
import { isNotSent } from "./not-sent-error.js";

interface PlatformError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly message?: unknown;
  readonly digest?: unknown;
  readonly errors?: readonly unknown[];
  readonly cause?: unknown;
}

// What platforms throw without a code: undici for a response that is not HTTP, and `fetch` of Node, Deno, Cloudflare's workerd, Chromium
// (as MSW does), Firefox and Safari.
const networkError =
  /^(HTTPParserError|\w+: (fetch failed|terminated|Failed to fetch|NetworkError when|Load failed|error \w+ing |client error|Network connection lost|internal error))/;

// Failures before a connection was established: Node's by their system call, others by their code, such as undici's
// UND_ERR_CONNECT_TIMEOUT and Bun's ConnectionRefused and FailedToOpenSocket, or by their message (TLS, proxies).
const notConnected =
  /^(connect|getaddrinfo) |(REFUSED|CONNECT_TIMEOUT|ConnectionRefused|OpenSocket) |before secure TLS|Proxy response/;

// Sending it again would not help: a certificate that is not trusted, a header that the platform rejects, a proxy that wants
// a credential. Nothing was sent. Codes of certificates: https://nodejs.org/api/tls.html#x509-certificate-error-codes
const rejected =
  / (CERT_|CRL_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|INVALID_(CA|PURPOSE)|HOSTNAME_MIS|UND_ERR_(INVALID_ARG |NOT_SUPP)|ERR_(INVALID_(CHAR|HTTP)|HTTP_INVALID|UNESCAPED))|response \(40[37]\)/;

// https://github.com/vercel/next.js/blob/v16.0.0/packages/next/src/client/components/hooks-server-context.ts
const dynamicPage = "DYNAMIC_SERVER_USAGE";

/** The errors that an error of the platform was caused by, the outermost first. */
function causesOf(error: unknown): readonly PlatformError[] {
  const causes: PlatformError[] = [];
  let at = error as PlatformError | undefined;
  while (typeof at === "object" && at !== null && causes.length < 5) {
    causes.push(at);
    // Node tries every address of a host and throws the errors together.
    at = (at.errors?.[0] ?? at.cause) as PlatformError | undefined;
  }
  return causes;
}

/**
 * What an attempt without a response throws: the signal's reason where it was aborted; an error of this package as it is;
 * NetworkError for what platforms throw when a connection fails: an error with a code, or with the message of a `fetch`. Anything
 * else is an error in a program, such as a custom `fetch` or a mock: a CallError with its message, which is not retried.
 */
export function toNetworkError(error: unknown, call: Call): unknown {
  const { operation, signal } = call;
  if (signal.aborted) return signal.reason;
  try {
    return classifyThrown(error, call);
  } catch {
    // A symbol, a proxy, or an object with a getter or a `toString` that throws.
    return new CallError("a value that cannot be shown (thrown by the transport)", { operation: operation.id });
  }
}

function classifyThrown(error: unknown, { operation: { id: operation }, url }: Call): unknown {
  if (ConnectryError.isInstance(error)) return error;
  const wasNotSent = isNotSent(error);
  const cause = wasNotSent ? error.cause : error;
  const causes = causesOf(cause);
  const [first] = causes;
  const withCode = causes.find(({ code }) => typeof code === "string");
  if (!withCode && !networkError.test(`${first?.name}: ${first?.message}`)) {
    const thrown = new CallError(`${first?.message ?? cause} (thrown by the transport)`, { operation, cause });
    // By it Next.js recognizes its own error, which says that a page must be rendered for each request.
    return first?.digest === dynamicPage ? Object.assign(thrown, { digest: dynamicPage }) : thrown;
  }
  const { code, syscall, message: text } = (withCode ?? {}) as { code?: string; syscall?: string; message?: string };
  const failure = `${syscall} ${code} ${text}`;
  const isRejected = rejected.test(failure);
  const maybeSent = !isRejected && !notConnected.test(failure) && !wasNotSent;
  const limit = /(HEADERS|BODY)_TIMEOUT$/.test(`${code}`) ? ", a limit of fetch itself" : "";
  const message = `no response from ${new URL(url).host} (${code ?? "see `cause`"}${limit}).`;
  return new NetworkError(message, { operation, code, maybeSent, isRejected, cause });
}
