import { CodegenError } from "../errors/codegen-error.js";
import { DocumentBuffer, maxDocumentBytes } from "./document-limit.js";
import { describeFailure, toConnectionError } from "./fetch-failure.js";
import type { FetchOptions } from "./fetch-options.js";
import { checkUrl } from "./source.js";

/**
 * Fetches a document over https, with the proxy and certificates of the user's npm settings.
 * @throws CodegenError if it cannot be fetched completely, or is too large.
 */
export async function fetchFromUrl(
  url: string,
  { settings, task, maxBytes = maxDocumentBytes }: FetchOptions,
): Promise<Buffer> {
  const { default: fetch } = await import("npm-registry-fetch");
  const buffer = new DocumentBuffer(maxBytes);
  // Aborted in any case: an open connection after a failure would keep the process running.
  const connection = new AbortController();
  try {
    // Without npm's cache: documents are cached by their hash. An absolute URL is used as it is, whatever the registry.
    const { cache: _cache, ...rest } = settings;
    const options: typeof rest & { signal: AbortSignal } = { ...rest, signal: connection.signal };
    const response = await fetch(url, options);
    // The target of a redirect must be https, too.
    checkUrl(response.url);
    for await (const chunk of response.body ?? []) {
      const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      buffer.add(bytes);
      task.add(bytes.length);
      if (buffer.isTooLarge) break;
    }
    const result = buffer.result(url);
    if (result instanceof CodegenError) throw result;
    return result;
  } catch (error) {
    if (error instanceof CodegenError) throw error;
    const { status, message } = describeFailure(error);
    if (status === 404 || status === 410) {
      throw new CodegenError(`${url} does not exist (${status}).`, [], { cause: error });
    }
    throw (
      toConnectionError(error, url, new URL(url).host) ??
      new CodegenError(`${url} cannot be fetched: ${message}`, [], { cause: error })
    );
  } finally {
    connection.abort();
  }
}
