import { ConnectryError } from "../errors/connectry-error.js";
import { NetworkError } from "../errors/network-error.js";
import type { Call } from "../pipeline/call.js";

interface PlatformError {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly errors?: readonly unknown[];
  readonly cause?: unknown;
}

// Failures before a connection stood: Node's by their system call, others by their code, such as undici's
// UND_ERR_CONNECT_TIMEOUT and Bun's ConnectionRefused and FailedToOpenSocket.
const neverSent = /^(connect|getaddrinfo) |(REFUSED|CONNECT_TIMEOUT|ConnectionRefused|OpenSocket)$/;

/** The innermost error that has a code: what the platform's own error was caused by. */
function withCode(error: unknown): PlatformError {
  let at = error as PlatformError | undefined;
  // Node tries every address of a host and throws them together.
  for (let depth = 0; at && depth < 5; depth += 1) {
    if (typeof at.code === "string") return at;
    at = (at.errors?.[0] ?? at.cause) as PlatformError | undefined;
  }
  return {};
}

/** What an attempt without an answer is thrown as: the signal's reason where it was aborted, one of ours, or a NetworkError. */
export function lostAnswer(error: unknown, { operation, url, signal }: Call): unknown {
  if (signal.aborted) return signal.reason;
  if (ConnectryError.isInstance(error)) return error;
  const { code, syscall } = withCode(error) as { code?: string; syscall?: string };
  const maybeSent = !neverSent.test(`${syscall} ${code}`);
  const message = `no answer from ${new URL(url).host} (${code ?? "see its cause"}).`;
  return new NetworkError(message, { operation: operation.id, code, maybeSent, cause: error });
}
