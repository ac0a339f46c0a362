import { NetworkError } from "../errors/call-errors.js";
import { ConnectryError } from "../errors/connectry-error.js";
import type { Call } from "../pipeline/call.js";

interface PlatformError {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly errors?: readonly unknown[];
  readonly cause?: unknown;
}

// Failures before a connection was established: Node's by their system call, others by their code, such as undici's
// UND_ERR_CONNECT_TIMEOUT and Bun's ConnectionRefused and FailedToOpenSocket.
const neverSent = /^(connect|getaddrinfo) |(REFUSED|CONNECT_TIMEOUT|ConnectionRefused|OpenSocket)$/;

/** The outermost error with a code, in the chain of what an error of the platform was caused by. */
function errorWithCode(error: unknown): PlatformError {
  let at = error as PlatformError | undefined;
  // Node tries every address of a host and throws the errors together.
  for (let depth = 0; at && depth < 5; depth += 1) {
    if (typeof at.code === "string") return at;
    at = (at.errors?.[0] ?? at.cause) as PlatformError | undefined;
  }
  return {};
}

/**
 * What an attempt without a response throws: the signal's reason where it was aborted, an error of this package as it is,
 * or else a NetworkError.
 */
export function toNetworkError(error: unknown, { operation, url, signal }: Call): unknown {
  if (signal.aborted) return signal.reason;
  if (ConnectryError.isInstance(error)) return error;
  const { code, syscall } = errorWithCode(error) as { code?: string; syscall?: string };
  const maybeSent = !neverSent.test(`${syscall} ${code}`);
  const message = `no response from ${new URL(url).host} (${code ?? "see `cause`"}).`;
  return new NetworkError(message, { operation: operation.id, code, maybeSent, cause: error });
}
