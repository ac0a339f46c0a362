import { type AnyConnector, internalsOf } from "../client/internals.js";
import type { Result } from "../client/typed-client.js";
import { createTimeoutError } from "../pipeline/with-timeout.js";
import { parseRetryAfter } from "../retry/retry-after.js";
import { type PollInit, type PollOptions, readPollOptions } from "./poll-options.js";
import { RunFailedError } from "./run-failed-error.js";
import { startOnce } from "./start-once.js";

const growth = 1.5;

/**
 * Starts work that takes long, such as a report or a batch, and reads its status until it has ended. Returns the last status.
 *
 * It waits at least as long as the provider asks by `Retry-After`. A run with a name and a store that was killed is called again as it is:
 * it continues with what it had started. Where the provider has idempotency keys, it starts nothing twice wherever it was killed; where it
 * has none, a run that was killed while it started throws OutcomeUnknownError, and `id` continues it.
 *
 * @throws RunFailedError where `failed` says so; what the calls throw; TimeoutError after `totalDeadlineMs`; the reason of the signal;
 * ConfigurationError for invalid options.
 */
export async function poll<Started, Data>(
  connector: AnyConnector,
  options: PollOptions<Started, Data>,
): Promise<Result<Data> & { readonly id: string }> {
  const internals = internalsOf(connector);
  const { clock, limits } = internals;
  const { everyMs, maxEveryMs, totalDeadlineMs } = readPollOptions(options);
  const { read, until, failed, signal, onProgress } = options;
  signal?.throwIfAborted();
  const endsAtMs = clock.monotonic() + totalDeadlineMs;

  /** The options of the next call. Throws TimeoutError where there is no time left. */
  const nextInit = (): PollInit => {
    const leftMs = endsAtMs - clock.monotonic();
    if (leftMs <= 0) throw createTimeoutError("poll", "deadline", totalDeadlineMs);
    return { ...(signal && { signal }), ...(leftMs < limits.deadlineMs && { deadlineMs: Math.ceil(leftMs) }) };
  };
  const wait = (waitMs: number) => clock.sleep(Math.min(waitMs, Math.max(0, endsAtMs - clock.monotonic())), signal);
  const askedMs = ({ response }: Result<unknown>) => parseRetryAfter(response.headers, clock.now()) ?? 0;

  const started = await startOnce(internals, options, nextInit());
  let waitMs = everyMs;
  const grow = () => {
    waitMs = Math.min(waitMs * growth, maxEveryMs);
  };
  if (started.result) {
    await wait(Math.max(waitMs, askedMs(started.result)));
    grow();
  }
  for (let reads = 1; ; reads += 1) {
    const result = await read(started.id, nextInit());
    const { data } = result;
    const hasEnded = until(data);
    const nextMs = hasEnded ? undefined : Math.max(waitMs, askedMs(result));
    onProgress?.({ id: started.id, data, reads, nextMs });
    if (failed?.(data)) throw new RunFailedError(started.id, data);
    if (nextMs === undefined) return { ...result, id: started.id };
    await wait(nextMs);
    grow();
  }
}
