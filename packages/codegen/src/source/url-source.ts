import { CodegenError } from "../errors/codegen-error.js";
import { DocumentBuffer, maxDocumentBytes } from "./document-limit.js";
import { describeFailure, toConnectionError } from "./fetch-failure.js";
import type { FetchOptions } from "./fetch-options.js";
import { followRedirects } from "./follow-redirects.js";
import type { NpmSettings } from "./npm-settings.js";
import { maxFetchMs, withTimeLimit } from "./time-limit.js";
import { UnavailableError } from "./unavailable-error.js";

/**
 * Fetches a document over https, with the proxy and certificate authorities of the user's npm settings, and none of their
 * credentials. Redirects are followed where `followRedirects` allows them.
 * @throws CodegenError if it cannot be fetched completely, takes too long, or is too large.
 */
export async function fetchFromUrl(url: string, options: FetchOptions): Promise<Buffer> {
  const { settings, maxMs = maxFetchMs } = options;
  const { default: fetch } = await import("make-fetch-happen");
  try {
    return await withTimeLimit(url, maxMs, async (signal) => {
      const ask = (hop: string) => fetch(hop, { ...connectionSettings(settings), redirect: "manual", signal });
      const response = await followRedirects(url, ask);
      if (response.status < 200 || response.status > 299) throw new StatusError(response.status);
      return await readBody(url, response.body ?? [], options);
    });
  } catch (error) {
    throw error instanceof CodegenError ? error : toReadableError(error, url);
  }
}

/** How npm connects, without what identifies the user to the registry: tokens, passwords, certificates, npm-otp. */
function connectionSettings(settings: NpmSettings): NpmSettings {
  const { ca, strictSSL, localAddress, noProxy, proxy, httpsProxy, retry, timeout, userAgent } = settings;
  const headers = typeof userAgent === "string" ? { "user-agent": userAgent } : {};
  // Without npm's cache: documents are cached by their hash.
  return { ca, strictSSL, localAddress, noProxy, proxy: httpsProxy || proxy, retry, timeout, headers };
}

async function readBody(
  url: string,
  body: AsyncIterable<Uint8Array | string> | Iterable<never>,
  { task, maxBytes = maxDocumentBytes }: FetchOptions,
): Promise<Buffer> {
  const buffer = new DocumentBuffer(maxBytes);
  for await (const chunk of body) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    buffer.add(bytes);
    task.add(bytes.length);
    if (buffer.isTooLarge) break;
  }
  const result = buffer.result(url);
  if (result instanceof CodegenError) throw result;
  return result;
}

class StatusError extends Error {
  readonly statusCode: number;

  constructor(statusCode: number) {
    super(`the server returned status ${statusCode}`);
    this.statusCode = statusCode;
  }
}

function toReadableError(error: unknown, url: string): CodegenError {
  const { status, message } = describeFailure(error);
  if (status === 404 || status === 410) {
    return new UnavailableError(`${url} does not exist (${status}).`, [], { cause: error });
  }
  return (
    toConnectionError(error, url, new URL(url).host) ??
    new CodegenError(`${url} cannot be fetched: ${message}`, [], { cause: error })
  );
}
