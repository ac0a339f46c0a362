import { CodegenError } from "../codegen-error.js";
import { DocumentBuffer, maxDocumentBytes } from "./document-limit.js";
import { connectionError, describeFailure } from "./fetch-failure.js";
import type { NpmSettings } from "./npm-settings.js";
import type { ProgressTask } from "./progress.js";
import { checkUrl } from "./source.js";

/** Fetches a document over https, through the user's npm proxy and certificates. Throws unless it is answered in full. */
export async function fetchFromUrl(
  url: string,
  settings: NpmSettings,
  task: ProgressTask,
  limit: number = maxDocumentBytes,
): Promise<Buffer> {
  const { default: fetch } = await import("npm-registry-fetch");
  const buffer = new DocumentBuffer(limit);
  // A connection that is still open when something fails would keep the process from ending.
  const connection = new AbortController();
  try {
    // Documents are cached by their hash, not by npm; an absolute URL is taken as it is, whatever the registry.
    const { cache: _cache, ...rest } = settings;
    const options: typeof rest & { signal: AbortSignal } = { ...rest, signal: connection.signal };
    const response = await fetch(url, options);
    // A redirect may not leave https either.
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
      connectionError(error, url, new URL(url).host) ??
      new CodegenError(`${url} cannot be fetched: ${message}`, [], { cause: error })
    );
  } finally {
    connection.abort();
  }
}
