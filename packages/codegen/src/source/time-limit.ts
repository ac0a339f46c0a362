import { UnavailableError } from "./unavailable-error.js";

/** The maximum time in which a document or tarball must arrive. */
export const maxFetchMs = 10 * 60 * 1000;

/**
 * Fetches something within a time limit. The signal is aborted in any case at the end: an open connection after a failure
 * would keep the process running.
 * @throws UnavailableError if the limit is exceeded.
 */
export async function withTimeLimit<T>(
  name: string,
  maxMs: number,
  fetch: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const connection = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    const fail = () => reject(new UnavailableError(`${name} did not arrive within ${maxMs / 1000} seconds.`));
    timer = setTimeout(fail, maxMs);
  });
  try {
    return await Promise.race([fetch(connection.signal), limit]);
  } finally {
    clearTimeout(timer);
    connection.abort();
  }
}
