import { ConnectryError } from "../errors/connectry-error.js";
import { NetworkError } from "../errors/network-error.js";
import type { Call } from "../pipeline/call.js";

interface PlatformError {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly errors?: readonly unknown[];
  readonly cause?: unknown;
}

// Failures before a connection stood: Node's by their system call, others by their code (undici's, Bun's).
const neverSent =
  /^(connect|getaddrinfo) | (ECONNREFUSED|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket)$/;

/** The innermost error that has a code: what the platform's own error was caused by. */
function withCode(error: unknown, depth = 0): PlatformError {
  if (typeof error !== "object" || error === null || depth > 4) return {};
  const { code, errors, cause } = error as PlatformError;
  // Node tries every address of a host and throws them together.
  return typeof code === "string" ? error : withCode(errors?.[0] ?? cause, depth + 1);
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
